import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  downloadReport,
  getReport,
  orderReport,
  REPORT_FILES,
  type OrderReport,
  type ReportRef,
  type ReportView,
} from '@parta/contracts-reporting';
import { FileStore } from '@parta/platform-messaging';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import readXlsxFile from 'read-excel-file/node';
import { reportingMigrations, reportingService } from '../src/reporting.js';
import { TestSchool } from './school-builder.js';

const ALGEBRA = ['2026-10-01', '2026-11-16', '2026-11-18', '2026-11-20', '2026-12-01'];
/** What a spreadsheet must not run. */
export const FORMULA = '=HYPERLINK("http://evil.example","щёлкни")';

export type Sheets = Record<string, (string | number | boolean | Date | null)[][]>;

/** The service with a school in its second quarter, and another one. */
export class ReportsUnderTest {
  readonly clock = new TestClock(new Date('2026-11-20T06:00:00Z'));
  bench: ServiceBench;
  files: FileStore;
  school: TestSchool;
  other: TestSchool;
  /** tokens of the school's algebra teacher and deputy head */
  teacher: string;
  head: string;

  private constructor() {}

  static async start(): Promise<ReportsUnderTest> {
    const reports = new ReportsUnderTest();
    const bench = (reports.bench = await startServiceBench(reportingService(), reportingMigrations, {
      clock: reports.clock,
    }));
    reports.files = await FileStore.open(bench.bus, REPORT_FILES.bucket, REPORT_FILES.keepDays);
    reports.school = await schoolWithMarks(bench);
    reports.other = await new TestSchool(bench, 'Другая школа').tell();
    reports.teacher = await reports.school.token('teacher', reports.school.staff.algebra);
    reports.head = await reports.school.token('deputy-head');
    await eventually(async () => {
      const { rows } = await bench.admin.query(
        `select (select count(*)::int from marks) as marks, (select count(*)::int from attendance) as attendance,
          (select count(*)::int from students) as students`,
      );
      expect(rows[0]).toEqual({ marks: 9, attendance: 4, students: 9 });
    });
    return reports;
  }

  /** The journal of a group for the second quarter. */
  journalOf(groupId: string): OrderReport {
    return { kind: 'class-subject-journal', groupId, periodId: this.school.quarters[1] };
  }

  order(input: OrderReport, token: string, idempotencyKey: string = randomUUID()): Promise<ReportRef> {
    return this.bench.rpc.call(orderReport, input, { token, idempotencyKey });
  }

  get(id: string, token: string): Promise<ReportView> {
    return this.bench.rpc.call(getReport, { id }, { token });
  }

  /** Waits for the report to be done or failed. */
  ended(id: string, token: string): Promise<ReportView> {
    return eventually(
      async () => {
        const report = await this.get(id, token);
        if (report.state === 'queued' || report.state === 'running')
          throw new Error(`${report.state}, ${report.progress} %`);
        return report;
      },
      { timeoutMs: 20_000, describe: 'the report to be made' },
    );
  }

  async contentOf(id: string, token: string): Promise<Buffer> {
    const { fileId } = await this.bench.rpc.call(downloadReport, { id }, { token });
    return (await this.files.read(fileId))!;
  }

  /** Orders a report and reads it with another library than the one that writes it. */
  async made(input: OrderReport, token: string): Promise<Sheets> {
    const { id } = await this.order(input, token);
    expect(await this.ended(id, token)).toMatchObject({ state: 'done', progress: 100, errorCode: null });
    const sheets = await readXlsxFile(await this.contentOf(id, token));
    return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data as Sheets[string]]));
  }

  async stop(): Promise<void> {
    await this.bench.stop();
  }
}

async function schoolWithMarks(bench: ServiceBench): Promise<TestSchool> {
  const school = new TestSchool(bench);
  const { algebra, history } = school;
  school.pupils.push({ id: randomUUID(), name: '=1+1 Взломов', to: '2026-11-17' });
  await school.tell();
  await school.tellLessons(algebra, ALGEBRA);
  await school.tellLessons(history, ['2026-11-17']);
  await school.describe(algebra, '2026-11-16', 'Степень числа', { text: '№ 5' });
  await school.describe(algebra, '2026-11-18', FORMULA, { noHomework: true });
  await school.describe(algebra, '2026-11-20', 'Одночлены', {
    text: '№ 7',
    individual: [{ studentId: school.pupil('Жуков').id, text: 'карточка 3' }],
  });
  await school.mark(algebra, '2026-10-01', 'Абрамов', { value: '2' });
  await school.mark(algebra, '2026-11-16', 'Абрамов', { value: '5' });
  await school.mark(algebra, '2026-11-18', 'Абрамов', { value: '5' });
  await school.mark(algebra, '2026-11-18', 'Абрамов', { value: '4', weight: 3 });
  await school.mark(algebra, '2026-11-16', 'Ёлкина', { value: '2', isAnnulled: true });
  await school.mark(algebra, '2026-11-20', 'Ёлкина', { value: '3' });
  await school.miss(algebra, '2026-11-16', 'Ёлкина', 'ILL');
  await school.miss(algebra, '2026-11-18', 'Ёлкина', 'ABSENT');
  await school.miss(algebra, '2026-11-20', 'Ёлкина', 'LATE');
  await school.miss(algebra, '2026-11-18', 'Жуков', 'EXCUSED');
  await school.mark(history, '2026-11-17', 'Абрамов', { value: '5' });
  await school.mark(history, '2026-11-17', 'Ёлкина', { value: '4' });
  await school.mark(history, '2026-11-17', 'Жуков', { value: '2' });
  return school;
}
