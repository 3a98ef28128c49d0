import { expect } from '@jest/globals';
import type { CellView } from '@parta/contracts-journal';
import type { HistoryOfSchool } from './history.js';
import type { Ledger, LedgerCell, LedgerLesson } from './ledger.js';

/** The second quarter, in which everything is entered. */
export const SPAN = { from: '2026-11-02', to: '2026-12-30' };
const LETTERS: Record<string, string> = { ABSENT: 'Н', ILL: 'Б', EXCUSED: 'У', LATE: 'О' };

const inCell = ({ marks, code }: LedgerCell) => ({
  marks: marks.map(({ markId, value }) => `${markId} ${value}`).sort(),
  code,
});
const seenIn = ({ marks, attendance }: CellView) => ({
  marks: marks.map(({ markId, value }) => `${markId} ${value}`).sort(),
  code: attendance,
});

const groupsIn = ({ lessons }: Ledger): Map<string, LedgerLesson[]> =>
  Map.groupBy(lessons.values(), (lesson) => lesson.groupId);

/** The author opens the lesson and finds everything there; so does the class teacher in the journal, once. */
export async function journalHasIt({ school, ledger }: HistoryOfSchool): Promise<void> {
  const homeroom = await school.token('homeroom-teacher', school.homeroomTeacher);
  for (const [groupId, lessons] of groupsIn(ledger)) {
    const page = await school.page(groupId, SPAN.from, SPAN.to, homeroom);
    const hours = page.lessons.map((one) => `${one.date} ${one.lessonNumber}`);
    expect(hours).toEqual([...new Set(hours)]);
    for (const lesson of lessons) {
      const card = await school.card(lesson.lessonId, await school.asTeacher(lesson.authorId));
      expect(card).toMatchObject({
        isMine: true,
        date: lesson.date,
        topic: lesson.topic,
        homework: { text: lesson.homework },
      });
      expect(page.lessons.filter((one) => one.lessonId === lesson.lessonId)).toHaveLength(1);
      for (const cell of lesson.cells.values()) {
        const ofCard = card.list.find((one) => one.studentId === cell.studentId);
        expect(ofCard && seenIn(ofCard.cell)).toEqual(inCell(cell));
        const ofPage = page.cells.find(
          (one) => one.lessonId === lesson.lessonId && one.studentId === cell.studentId,
        );
        expect(ofPage && seenIn(ofPage)).toEqual(inCell(cell));
      }
    }
    for (const { studentId, average, weightedAverage } of page.students) {
      const expected = ledger.averages(studentId, (one) => one.groupId === groupId);
      expect({ average, weightedAverage }).toEqual(expected);
    }
  }
}

/** The family sees each lesson once, with what was entered. */
export async function diaryHasIt({ school, ledger }: HistoryOfSchool): Promise<void> {
  for (const pupil of school.pupils) {
    const own = [...ledger.lessons.values()].filter((lesson) => lesson.cells.has(pupil.id));
    for (const [date, lessons] of Map.groupBy(own, (lesson) => lesson.date)) {
      const day = await school.diary(pupil, date);
      for (const lesson of lessons) {
        const cell = lesson.cells.get(pupil.id)!;
        const seen = day.lessons.filter((one) => one.lessonId === lesson.lessonId);
        // Where everything was taken back, the family may be told of no lesson at all.
        if (cell.marks.length === 0 && cell.code === null && seen.length === 0) continue;
        expect(seen).toHaveLength(1);
        expect({
          marks: seen[0]!.marks.map(({ markId, value }) => `${markId} ${value}`).sort(),
          code: seen[0]!.absence?.code ?? null,
        }).toEqual(inCell(cell));
        expect(seen[0]).toMatchObject({ topic: lesson.topic, homework: { text: lesson.homework } });
      }
    }
  }
}

/** Averages by subject are those of all the groups that are called so now. */
export async function subjectsAgree({ school, ledger }: HistoryOfSchool): Promise<void> {
  const titleOf = new Map<string, string>(school.groups.map((group) => [group.id, group.subject]));
  for (const pupil of school.pupils) {
    const { subjects } = await school.subjectMarks(pupil);
    const marked = [...ledger.lessons.values()].filter((one) => one.cells.get(pupil.id)?.marks.length);
    for (const subject of new Set(marked.map((lesson) => titleOf.get(lesson.groupId)))) {
      const seen = subjects.filter((one) => one.subjectTitle === subject);
      expect(seen).toHaveLength(1);
      const { average, weightedAverage } = seen[0]!;
      expect({ average, weightedAverage }).toEqual(
        ledger.averages(pupil.id, (one) => titleOf.get(one.groupId) === subject),
      );
    }
  }
}

/** The printed journal holds every entry, and the same averages. */
export async function reportsHaveIt({ school, ledger }: HistoryOfSchool): Promise<void> {
  for (const [groupId, lessons] of groupsIn(ledger)) {
    const isEmpty = ({ topic, cells }: LedgerLesson) =>
      topic === null && [...cells.values()].every(({ marks, code }) => marks.length === 0 && code === null);
    if (lessons.every(isEmpty)) continue;
    const sheets = await school.printed(groupId, SPAN.from, SPAN.to);
    const pages = Object.entries(sheets).filter(([name]) => name.startsWith('Отметки'));
    for (const pupil of school.pupils) {
      const rows = pages.map(([, [, months, , ...table]]) => ({
        averagesAt: months!.indexOf('Средний балл'),
        row: table.find((one) => String(one[1]).split('\n')[0] === pupil.name) ?? [],
      }));
      const printed = rows.flatMap(({ row, averagesAt }) =>
        row.slice(2, averagesAt < 0 ? undefined : averagesAt),
      );
      const texts = printed.filter((text) => text !== null && text !== undefined);
      const expected = lessons.flatMap((lesson) => {
        const cell = lesson.cells.get(pupil.id);
        const parts = [
          ...(cell?.code ? [LETTERS[cell.code]!] : []),
          ...(cell?.marks ?? []).map((one) => one.value),
        ];
        return parts.length > 0 ? [parts.sort().join('/')] : [];
      });
      expect(texts.map((text) => String(text).split('/').sort().join('/')).sort()).toEqual(expected.sort());
      const { row, averagesAt } = rows.at(-1)!;
      const { average, weightedAverage } = ledger.averages(pupil.id, (one) => one.groupId === groupId);
      if (expected.length > 0)
        expect([row[averagesAt] ?? null, row[averagesAt + 1] ?? null]).toEqual([average, weightedAverage]);
    }
  }
}

/** What holds after everything that happens. */
export async function everythingIsReachable(history: HistoryOfSchool): Promise<void> {
  await journalHasIt(history);
  await diaryHasIt(history);
}
