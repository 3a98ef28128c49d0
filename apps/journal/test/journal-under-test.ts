import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { recordEntries, type JournalEntry, type RecordedEntries } from '@parta/contracts-journal';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { journalMigrations, journalService } from '../src/journal.js';
import { TestSchool } from './school-builder.js';

export const TODAY = '2026-11-20';
const DATES = ['2026-10-01', '2026-11-16', '2026-11-18', TODAY, '2026-11-23'];
/** 11:00 in Yekaterinburg, after the second lesson. */
export const NOON = '2026-11-20T06:00:00Z';

/** A new mark, as the teacher who sees the cell in this version puts it. */
export const mark = (
  studentId: string,
  value: string,
  cellVersion = 0,
  more: Partial<JournalEntry> = {},
): Partial<JournalEntry> => ({ kind: 'mark', studentId, value, cellVersion, ...more });

/** The service with one school, at noon of a day with a lesson; a week and more before and a day after there are others. */
export class JournalUnderTest {
  readonly clock = new TestClock(new Date(NOON));
  bench: ServiceBench;
  school: TestSchool;
  /** token of the lessons' teacher */
  teacher: string;

  private constructor() {}

  static async start(): Promise<JournalUnderTest> {
    const journal = new JournalUnderTest();
    const bench = (journal.bench = await startServiceBench(journalService(), journalMigrations, {
      clock: journal.clock,
    }));
    journal.school = await new TestSchool(bench, DATES).tell();
    journal.teacher = await journal.school.token('teacher', journal.school.teacher);
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from lessons')).rowCount).toBe(DATES.length),
    );
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from enrolments')).rowCount).toBe(6),
    );
    return journal;
  }

  enter(
    lessonId: string,
    entries: Partial<JournalEntry>[],
    token = this.teacher,
    idempotencyKey: string = randomUUID(),
  ): Promise<RecordedEntries> {
    return this.bench.rpc.call(
      recordEntries,
      { lessonId, entries: entries as JournalEntry[] },
      { token, idempotencyKey },
    );
  }

  /** What the journal has said in facts of a type. */
  async published(type: string): Promise<Record<string, unknown>[]> {
    const { rows } = await this.bench.admin.query(
      `select envelope from outbox where subject like $1 order by position`,
      [`evt.${type}.%`],
    );
    return rows.map((row) => JSON.parse(row.envelope as string).data as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    await this.bench.stop();
  }
}
