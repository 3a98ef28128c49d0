import type { Client } from 'pg';
import type { Day } from './players.js';

/** What was acknowledged beside what the services have. */
export interface Ledger {
  what: string;
  acknowledged: number;
  journal: number;
  diary: number;
}

const COUNTED = {
  journalMarks: 'from journal.marks',
  diaryMarks: 'from diary.marks',
  journalAbsences: 'from journal.cells where attendance is not null',
  diaryAbsences: 'from diary.attendance where code is not null',
  journalDescriptions: "from journal.changes where subject = 'lesson'",
  diaryDescriptions: "from diary.lesson_descriptions where topic like 'Тема урока %'",
};

export type Counts = Record<keyof typeof COUNTED, number>;

/** How many marks, absences and written-up lessons the services have at this moment. */
export async function countsOf(admin: Client): Promise<Counts> {
  const columns = Object.entries(COUNTED).map(
    ([name, from]) => `(select count(*) ${from})::int as "${name}"`,
  );
  const { rows } = await admin.query<Counts>(`select ${columns.join(', ')}`);
  return rows[0]!;
}

/**
 * Counts what has come to journal and diary since `before`.
 * @returns by kind, and how many marks differ between the two
 */
export async function ledgerOf(
  admin: Client,
  { acknowledged }: Day,
  before: Counts,
): Promise<{ lines: Ledger[]; differences: number }> {
  const now = await countsOf(admin);
  const { rows } = await admin.query<{ differences: number }>(
    `select count(*)::int as differences
     from journal.marks j full join diary.marks d on d.school_id = j.school_id and d.id = j.id
     where j.id is null or d.id is null or j.value <> d.value or j.student_id <> d.student_id`,
  );
  const came = (name: keyof Counts): number => now[name] - before[name];
  return {
    lines: [
      {
        what: 'marks',
        acknowledged: acknowledged.marks,
        journal: came('journalMarks'),
        diary: came('diaryMarks'),
      },
      {
        what: 'absences',
        acknowledged: acknowledged.absences,
        journal: came('journalAbsences'),
        diary: came('diaryAbsences'),
      },
      {
        what: 'topics and homework',
        acknowledged: acknowledged.descriptions,
        journal: came('journalDescriptions'),
        diary: came('diaryDescriptions'),
      },
    ],
    differences: rows[0]!.differences,
  };
}
