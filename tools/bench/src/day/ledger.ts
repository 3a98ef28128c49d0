import type { Client } from 'pg';
import type { Day } from './players.js';

/** What was acknowledged beside what the services have. */
export interface Ledger {
  what: string;
  acknowledged: number;
  journal: number;
  diary: number;
}

/**
 * Counts what has been written since `since` in journal and diary.
 * @returns by kind, and how many marks differ between the two
 */
export async function ledgerOf(
  admin: Client,
  { acknowledged }: Day,
  since: Date,
): Promise<{ lines: Ledger[]; differences: number }> {
  const {
    rows: [found],
  } = await admin.query<Record<string, number>>(
    `select
      (select count(*) from journal.marks where recorded_at >= $1)::int as "journalMarks",
      (select count(*) from diary.marks where recorded_at >= $1)::int as "diaryMarks",
      (select count(*) from journal.cells where attendance is not null)::int as "journalAbsences",
      (select count(*) from diary.attendance where code is not null)::int as "diaryAbsences",
      (select count(*) from journal.changes where subject = 'lesson' and changed_at >= $1)::int as "journalDescriptions",
      (select count(*) from diary.lesson_descriptions where topic like 'Тема урока %')::int as "diaryDescriptions",
      (select count(*) from journal.marks j full join diary.marks d on d.school_id = j.school_id and d.id = j.id
        where j.id is null or d.id is null or j.value <> d.value or j.student_id <> d.student_id)::int as differences`,
    [since],
  );
  const count = (name: string): number => found![name]!;
  return {
    lines: [
      {
        what: 'marks',
        acknowledged: acknowledged.marks,
        journal: count('journalMarks'),
        diary: count('diaryMarks'),
      },
      {
        what: 'absences',
        acknowledged: acknowledged.absences,
        journal: count('journalAbsences'),
        diary: count('diaryAbsences'),
      },
      {
        what: 'topics and homework',
        acknowledged: acknowledged.descriptions,
        journal: count('journalDescriptions'),
        diary: count('diaryDescriptions'),
      },
    ],
    differences: count('differences'),
  };
}
