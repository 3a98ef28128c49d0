import type { JournalEntry } from '@parta/contracts-journal';
import type { JournalHistory, PastLesson, WrittenUp } from '@parta/journal/history';
import { chance } from '../chance.js';
import { readDemoFile } from './roster-package.js';

const MINUTE_MS = 60_000;
const LESSONS_PER_TRANSACTION = 25;
/** Of today's lessons that are over, this share is not written up yet: the deputy head has something to see. */
const STILL_MISSING = 0.2;

const seedOf = (id: string): number => Number.parseInt(id.slice(-8), 16);

/**
 * Lays weeks of plausible journal over the demo district, school by school.
 * @param from first day; `today` is written up in part, and not at all for `freshTeacher`, who is to do it live
 */
export async function writeSchoolWeeks(
  history: JournalHistory,
  schools: readonly { schoolId: string }[],
  from: string,
  today: string,
  now: Date,
  freshTeacher: string,
  step: (line: string) => void,
): Promise<void> {
  const topics = JSON.parse(readDemoFile('topics.json').toString()) as Record<string, string[]>;
  for (const { schoolId } of schools) {
    const workTypes = await history.workTypesOf(schoolId);
    const lessons = (await history.unwritten(schoolId, from, today)).filter(
      (lesson) =>
        lesson.endedAt < now &&
        (lesson.date < today ||
          (lesson.teacherId !== freshTeacher && chance(seedOf(lesson.lessonId))() > STILL_MISSING)),
    );
    for (let i = 0; i < lessons.length; i += LESSONS_PER_TRANSACTION) {
      const chunk = lessons.slice(i, i + LESSONS_PER_TRANSACTION);
      await history.write(
        schoolId,
        chunk.map((lesson) => [lesson, writeUp(lesson, topics, workTypes)] as const),
      );
      if (i % (LESSONS_PER_TRANSACTION * 20) === 0)
        step(`demo journal: ${i + chunk.length} of ${lessons.length} lessons`);
    }
  }
}

function writeUp(
  lesson: PastLesson,
  topics: Record<string, string[]>,
  workTypes: ReadonlyMap<string, string>,
): WrittenUp {
  const random = chance(seedOf(lesson.lessonId));
  const list = topics[lesson.subjectTitle] ?? topics['']!;
  const isControlWork = lesson.ordinal % 9 === 0 && lesson.gradeLevel !== 1;
  const topic = list[(lesson.ordinal - 1) % list.length]!;
  const hasTask = random() > 0.15 && !isControlWork;
  return {
    topic: isControlWork ? `Контрольная работа по теме «${topic}»` : topic,
    workTypeId: isControlWork ? (workTypes.get('КР') ?? null) : null,
    homework: {
      text: hasTask
        ? `§ ${1 + (lesson.ordinal % 40)}, упражнения ${1 + Math.floor(random() * 90)}–${95 + Math.floor(random() * 20)}`
        : null,
      noHomework: !hasTask,
      dueDate: null,
      individual: [],
    },
    entries: lesson.studentIds.flatMap((studentId) => entriesOf(lesson, studentId, isControlWork, workTypes)),
    at: new Date(lesson.endedAt.getTime() + Math.floor(random() * 20) * MINUTE_MS),
  };
}

function entriesOf(
  lesson: PastLesson,
  studentId: string,
  isControlWork: boolean,
  workTypes: ReadonlyMap<string, string>,
): JournalEntry[] {
  const entry = { studentId, cellVersion: 0 };
  // An illness lasts for days: it is drawn for the pupil and the week, and then for the day.
  const week = Math.floor(Date.parse(lesson.date) / 604_800_000);
  const isIll = chance(seedOf(studentId) ^ (week * 7919))() < 0.04;
  if (isIll) return [{ ...entry, kind: 'attendance', code: 'ILL' }];
  const random = chance(seedOf(studentId) ^ seedOf(lesson.lessonId));
  const draw = random();
  if (draw < 0.012) return [{ ...entry, kind: 'attendance', code: 'ABSENT' }];
  if (draw < 0.02)
    return [{ ...entry, kind: 'attendance', code: 'LATE', minutesLate: 3 + Math.floor(random() * 12) }];
  if (lesson.gradeLevel === 1 || random() > (isControlWork ? 0.95 : 0.22)) return [];
  const ability = chance(seedOf(studentId))();
  const level = ability * 0.65 + random() * 0.35;
  const value = level > 0.68 ? '5' : level > 0.4 ? '4' : level > 0.14 ? '3' : '2';
  const workTypeId = isControlWork ? workTypes.get('КР') : workTypes.get(random() < 0.3 ? 'ДР' : 'ОУ');
  return [{ ...entry, kind: 'mark', value, workTypeId }];
}
