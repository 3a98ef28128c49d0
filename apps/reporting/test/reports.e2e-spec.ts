import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cancelReport,
  deleteReport,
  downloadReport,
  getReport,
  getReportChoices,
  listReports,
  orderReport,
  REPORT_FILES,
  type OrderReport,
  type ReportView,
} from '@parta/contracts-reporting';
import type { Operation } from '@parta/platform-contract';
import { FileStore } from '@parta/platform-messaging';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { Client } from 'pg';
import readXlsxFile from 'read-excel-file/node';
import { ReportJobs } from '../src/jobs/report-jobs.js';
import { reportingMigrations, reportingService } from '../src/reporting.js';
import { TestSchool } from './school-builder.js';
import { xmlOf } from './xlsx-parts.js';

const Q2 = { from: '2026-11-02', to: '2026-12-30' };
const ALGEBRA = ['2026-10-01', '2026-11-16', '2026-11-18', '2026-11-20', '2026-12-01'];
const FORMULA = '=HYPERLINK("http://evil.example","щёлкни")';

type Sheets = Record<string, (string | number | boolean | Date | null)[][]>;

describe('reports', () => {
  const clock = new TestClock(new Date('2026-11-20T06:00:00Z'));
  let bench: ServiceBench;
  let files: FileStore;
  let school: TestSchool;
  let other: TestSchool;
  let teacher: string;
  let head: string;

  const order = (input: OrderReport, token: string, idempotencyKey: string = randomUUID()) =>
    bench.rpc.call(orderReport, input, { token, idempotencyKey });
  const journalOf = (groupId: string): OrderReport => ({
    kind: 'class-subject-journal',
    groupId,
    periodId: school.quarters[1],
  });
  const get = (id: string, token: string): Promise<ReportView> =>
    bench.rpc.call(getReport, { id }, { token });
  const ended = (id: string, token: string): Promise<ReportView> =>
    eventually(
      async () => {
        const report = await get(id, token);
        if (report.state === 'queued' || report.state === 'running')
          throw new Error(`${report.state}, ${report.progress} %`);
        return report;
      },
      { timeoutMs: 20_000, describe: 'the report to be made' },
    );
  const contentOf = async (id: string, token: string): Promise<Buffer> => {
    const { fileId } = await bench.rpc.call(downloadReport, { id }, { token });
    return (await files.read(fileId))!;
  };
  const sheetsOf = async (content: Buffer): Promise<Sheets> =>
    Object.fromEntries(
      (await readXlsxFile(content)).map(({ sheet, data }) => [sheet, data as Sheets[string]]),
    );
  const made = async (input: OrderReport, token: string): Promise<Sheets> => {
    const { id } = await order(input, token);
    expect(await ended(id, token)).toMatchObject({ state: 'done', progress: 100, errorCode: null });
    return sheetsOf(await contentOf(id, token));
  };

  beforeAll(async () => {
    bench = await startServiceBench(reportingService(), reportingMigrations, { clock });
    files = await FileStore.open(bench.bus, REPORT_FILES.bucket, REPORT_FILES.keepDays);
    school = new TestSchool(bench);
    school.pupils.push({ id: randomUUID(), name: '=1+1 Взломов', to: '2026-11-17' });
    await school.tell();
    await school.tellLessons(school.algebra, ALGEBRA);
    await school.tellLessons(school.history, ['2026-11-17']);
    const { algebra } = school;
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
    await school.mark(school.history, '2026-11-17', 'Абрамов', { value: '5' });
    await school.mark(school.history, '2026-11-17', 'Ёлкина', { value: '4' });
    await school.mark(school.history, '2026-11-17', 'Жуков', { value: '2' });
    other = await new TestSchool(bench, 'Другая школа').tell();
    teacher = await school.token('teacher', school.staff.algebra);
    head = await school.token('deputy-head');
    await eventually(async () => {
      const { rows } = await bench.admin.query(
        `select (select count(*)::int from marks) as marks, (select count(*)::int from attendance) as attendance,
          (select count(*)::int from students) as students`,
      );
      expect(rows[0]).toEqual({ marks: 9, attendance: 4, students: 9 });
    });
  }, 60_000);

  afterAll(() => bench?.stop(), 30_000);

  it('prints the journal like the paper one, and another library reads it', async () => {
    const sheets = await made(journalOf(school.algebra), teacher);
    expect(Object.keys(sheets)).toEqual(['Титул', 'Отметки 1', 'Темы 1']);
    expect(sheets['Титул']!.flat()).toEqual(
      expect.arrayContaining([
        'Средняя школа № 1',
        'КЛАССНЫЙ ЖУРНАЛ',
        '2026/2027 учебный год',
        '7А',
        'Алгебра',
        'Алгебраева Анна Петровна',
        'II четверть (02.11.2026–30.12.2026)',
        'Директор ____________________ /Директорова А. П./',
      ]),
    );
    const [title, months, days, ...rows] = sheets['Отметки 1']!;
    expect(title![0]).toBe('7А Алгебра · Алгебраева Анна Петровна · II четверть');
    expect(months!.slice(2)).toEqual([
      'ноябрь',
      null,
      null,
      'дек',
      'Средний балл',
      'Средне-взвеш.',
      'II четверть',
    ]);
    expect(days!.slice(2, 6)).toEqual([16, 18, 20, 1]);
    expect(rows.slice(0, 5)).toEqual([
      [1, '=1+1 Взломов\n(выб. 17.11.2026)', null, null, null, null, null, null, null],
      [2, 'Абрамов Пётр', 5, '5/4', null, null, 4.67, 4.4, null],
      [3, 'Егоров Олег', null, null, null, null, null, null, null],
      [4, 'Ёлкина Яна', 'Б', 'Н', 'О/3', null, 3, 3, null],
      [5, 'Жуков Иван', null, 'У', null, null, null, null, null],
    ]);
    expect(sheets['Темы 1']!.slice(1)).toEqual([
      ['№ урока', 'Дата', 'Что пройдено на уроке', 'Домашнее задание'],
      [1, '16.11', 'Степень числа', '№ 5'],
      [2, '18.11', FORMULA, 'Без задания'],
      [3, '20.11', 'Одночлены', '№ 7\nЖуков Иван: карточка 3'],
      [4, '01.12', null, null],
      ['По расписанию уроков: 4. Записана тема: 3.', null, null, null],
    ]);
  });

  it('writes what looks like a formula as a text', async () => {
    const { id } = await order(journalOf(school.algebra), teacher);
    await ended(id, teacher);
    const parts = await xmlOf(await contentOf(id, teacher));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets).toHaveLength(3);
    for (const [, xml] of sheets) expect(xml).not.toMatch(/<f[ >]/);
    expect(parts.get('xl/sharedStrings.xml')).toContain('=HYPERLINK(');
    const marks = parts.get('xl/worksheets/sheet2.xml')!;
    expect(marks).toMatch(/<pageSetup[^>]*paperSize="9"/);
    expect(marks).toContain('Стр. &amp;P из &amp;N');
    const names = parts.get('xl/workbook.xml')!;
    expect(names).toContain('_xlnm.Print_Titles');
    expect(names).toContain('_xlnm.Print_Area');
  });

  it('makes the progress report of the class', async () => {
    const homeroom = await school.token('homeroom-teacher', school.staff.homeroom);
    const { Успеваемость: sheet } = await made(
      { kind: 'class-progress', classId: school.classId, periodId: school.quarters[1] },
      homeroom,
    );
    const rows = sheet!;
    expect(rows[2]!.slice(2)).toEqual([
      ...['Алгебра', null, 'История', null, 'Отметок за период', null, null, null],
      ...['Пропущено уроков', null, null],
    ]);
    const row = (name: string) => rows.find((one) => one[1] === name || one[0] === name)!.slice(2);
    expect(row('Абрамов Пётр')).toEqual([4.67, 4.4, 5, 5, 3, 1, 0, 0, 0, 0, 0]);
    expect(row('Ёлкина Яна')).toEqual([3, 3, 4, 4, 0, 1, 1, 0, 2, 1, 0]);
    expect(row('Жуков Иван')).toEqual([null, null, 2, 2, 0, 0, 0, 1, 1, 0, 1]);
    expect(row('Средний балл, всего').slice(4)).toEqual([3, 2, 1, 1, 3, 1, 1]);
    expect(row('Качество знаний')).toEqual([0.25, null, 0.5, null, ...Array(7).fill(null)]);
    expect(row('Успеваемость')).toEqual([0.5, null, 0.5, null, ...Array(7).fill(null)]);
    const texts = rows.flat().filter((value) => typeof value === 'string');
    expect(texts).toEqual(
      expect.arrayContaining([
        'Учеников на конец периода: 4. Качество знаний: 25 %. Успеваемость: 50 %.',
        'Хорошисты (1): Абрамов Пётр',
        'С одной тройкой (1): Ёлкина Яна (Алгебра)',
        'Неуспевающие (1): Жуков Иван (История)',
        'Не аттестованы хотя бы по одному предмету (1): Егоров Олег',
      ]),
    );
  });

  it('offers what the actor may order', async () => {
    const choices = async (token: string) => {
      const { groups, classes } = await bench.rpc.call(getReportChoices, {}, { token });
      return [groups.map((one) => one.title), classes.map((one) => one.title)];
    };
    expect(await choices(teacher)).toEqual([['7А Алгебра'], []]);
    expect(await choices(await school.token('homeroom-teacher', school.staff.homeroom))).toEqual([
      ['7А Алгебра', '7А История'],
      ['7А'],
    ]);
    for (const role of ['secretary', 'director', 'administrator'] as const) {
      expect(await choices(await school.token(role))).toEqual([
        ['7А Алгебра', '7А История', '7Б Алгебра'],
        ['7А', '7Б'],
      ]);
    }
  });

  it('answers the same key with the same report', async () => {
    const key = randomUUID();
    const first = await order(journalOf(school.algebra), teacher, key);
    expect(await order(journalOf(school.algebra), teacher, key)).toEqual(first);
  });

  it.each([
    ['a group the teacher does not teach', { groupId: 'history' }, 'reporting.group-not-found'],
    ['a class of another class teacher', { classId: 'otherClassId' }, 'reporting.class-not-found'],
  ] as const)('refuses %s', async (_, which, code) => {
    const homeroom = await school.token('homeroom-teacher', school.staff.homeroom);
    const [as, input]: [string, OrderReport] =
      'groupId' in which
        ? [teacher, journalOf(school[which.groupId])]
        : [homeroom, { kind: 'class-progress', classId: school[which.classId], ...Q2 }];
    await expect(order(input, as)).rejects.toMatchObject({ code, kind: 'not-found' });
  });

  it('refuses another school, families, and what cannot be printed', async () => {
    const stranger = await other.token('director');
    await expect(order(journalOf(school.algebra), stranger)).rejects.toMatchObject({
      code: 'reporting.group-not-found',
    });
    for (const role of ['guardian', 'student'] as const) {
      await expect(order(journalOf(school.algebra), await school.token(role))).rejects.toMatchObject({
        code: 'access.forbidden',
      });
    }
    const journal = { kind: 'class-subject-journal', groupId: school.algebra } as const;
    const refusals: [Partial<OrderReport>, string][] = [
      [{ periodId: randomUUID() }, 'reporting.period-not-found'],
      [{ periodId: other.quarters[0] }, 'reporting.period-not-found'],
      [{ from: '2026-11-02', to: '2027-09-01' }, 'reporting.period-outside-year'],
      [{ from: '2026-12-30', to: '2026-11-02' }, 'reporting.period-outside-year'],
      [{ from: '2026-12-02', to: '2026-12-30' }, 'reporting.nothing-to-print'],
      [{ from: '2026-02-30', to: '2026-12-30' }, 'request.invalid'],
      [{ from: '2026-12-02' }, 'request.invalid'],
      [{ classId: school.classId, ...Q2 }, 'request.invalid'],
    ];
    for (const [more, code] of refusals) {
      await expect(order({ ...journal, ...more }, head)).rejects.toMatchObject({ code });
    }
  });

  it('shows a report to who ordered it and to the leadership, and to nobody else', async () => {
    const { id } = await order(journalOf(school.algebra), teacher);
    await ended(id, teacher);
    expect(await get(id, head)).toMatchObject({
      isMine: false,
      title: '7А Алгебра',
      periodTitle: 'II четверть',
    });
    const strangers = [
      await school.token('teacher', school.staff.history),
      await school.token('teacher', school.staff.algebra, randomUUID()),
      await other.token('director'),
    ];
    for (const token of strangers) {
      for (const operation of [getReport, downloadReport, cancelReport, deleteReport] as Operation[]) {
        await expect(bench.rpc.call(operation, { id }, { token })).rejects.toMatchObject({
          code: 'reporting.report-not-found',
        });
      }
      expect((await bench.rpc.call(listReports, {}, { token })).reports.map((one) => one.id)).not.toContain(
        id,
      );
    }
    expect((await bench.rpc.call(listReports, {}, { token: head })).reports.map((one) => one.id)).toContain(
      id,
    );
    expect((await bench.rpc.call(listReports, { mine: true }, { token: head })).total).toBe(0);
  });

  it('does not show another school by SQL as its own role', async () => {
    const client = new Client({ connectionString: bench.database.urls.reporting!.runtime });
    await client.connect();
    try {
      await client.query(`select set_config('app.schools', $1, false)`, [other.id]);
      for (const table of ['report_jobs', 'marks', 'attendance', 'lesson_descriptions', 'lesson_lists']) {
        expect([table, (await client.query(`select * from ${table}`)).rows]).toEqual([table, []]);
      }
      const { rows } = await client.query('select distinct school_id from students');
      expect(rows).toEqual([{ school_id: other.id }]);
    } finally {
      await client.end();
    }
  });

  describe('the queue', () => {
    /** A report that a worker of another process holds. */
    const inDeadHands = async (): Promise<string> => {
      const { id } = await order(journalOf(school.algebra), teacher);
      await ended(id, teacher);
      await bench.admin.query(
        `update report_jobs set state = 'running', progress = 40, finished_at = null, file_id = null where id = $1`,
        [id],
      );
      await bench.admin.query(
        `insert into report_queue (job_id, school_id, queued_at, attempts, lease_token, lease_until)
          values ($1, $2, now(), 1, $3, now() + interval '1 hour')`,
        [id, school.id, randomUUID()],
      );
      return id;
    };

    it('takes up the report of a process that has died, once its lease is over', async () => {
      const id = await inDeadHands();
      expect(await bench.service.get(ReportJobs).claim(randomUUID())).toBeNull();
      await bench.admin.query(
        `update report_queue set lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({ state: 'done' });
      const { rows } = await bench.admin.query('select 1 from report_queue where job_id = $1', [id]);
      expect(rows).toEqual([]);
    });

    it('lets a report that brings its workers down fail', async () => {
      const id = await inDeadHands();
      await bench.admin.query(
        `update report_queue set attempts = 3, lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({
        state: 'failed',
        errorCode: 'reporting.report-failed',
      });
    });

    it('cancels what is not made yet, and its worker can record nothing more', async () => {
      const id = await inDeadHands();
      const { rows } = await bench.admin.query('select lease_token from report_queue where job_id = $1', [
        id,
      ]);
      await bench.rpc.call(cancelReport, { id }, { token: teacher });
      expect(await get(id, teacher)).toMatchObject({ state: 'cancelled' });
      const jobs = bench.service.get(ReportJobs);
      const claim = { id, schoolId: school.id, token: rows[0].lease_token as string } as never;
      expect(await jobs.heartbeat(claim, 50)).toBe(false);
      const file = { id: randomUUID(), size: 1, sha256: '', name: 'x.xlsx' };
      expect(await jobs.finish(claim, file, new Date())).toBe(false);
      expect(await get(id, teacher)).toMatchObject({ state: 'cancelled' });
      await expect(bench.rpc.call(cancelReport, { id }, { token: teacher })).rejects.toMatchObject({
        code: 'reporting.report-finished',
      });
    });

    it('says why a report cannot be made', async () => {
      const id = await inDeadHands();
      await bench.admin.query(
        `update report_jobs set from_date = '2026-10-02', to_date = '2026-10-03' where id = $1`,
        [id],
      );
      await bench.admin.query(
        `update report_queue set lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({
        state: 'failed',
        errorCode: 'reporting.nothing-to-print',
      });
      await expect(bench.rpc.call(downloadReport, { id }, { token: teacher })).rejects.toMatchObject({
        code: 'reporting.report-unfinished',
      });
    });
  });

  it('keeps the file for a week, and removes it at once when asked', async () => {
    const [first, second] = [
      await order(journalOf(school.algebra), teacher),
      await order(journalOf(school.algebra), teacher),
    ];
    for (const { id } of [first, second]) await ended(id, teacher);
    const { fileId } = await bench.rpc.call(downloadReport, { id: first.id }, { token: teacher });
    await bench.rpc.call(deleteReport, { id: first.id }, { token: teacher });
    await expect(get(first.id, teacher)).rejects.toMatchObject({ code: 'reporting.report-not-found' });
    await eventually(async () => expect(await files.read(fileId)).toBeNull());
    clock.set('2026-11-27T06:00:01Z');
    try {
      expect(await get(second.id, teacher)).toMatchObject({ state: 'expired' });
      await expect(
        bench.rpc.call(downloadReport, { id: second.id }, { token: teacher }),
      ).rejects.toMatchObject({
        code: 'reporting.file-expired',
        kind: 'gone',
      });
    } finally {
      clock.set('2026-11-20T06:00:00Z');
    }
  });
});
