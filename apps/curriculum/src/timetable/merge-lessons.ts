import type { ScheduledLessonV1 } from '@parta/contracts-curriculum';
import { v7 as uuidv7 } from 'uuid';

export interface StoredLesson extends ScheduledLessonV1 {
  groupId: string;
  isRemoved: boolean;
  isOutsideTimetable: boolean;
}

export interface MergedLessons {
  lessons: StoredLesson[];
  removed: string[];
  added: number;
}

/**
 * One group's lessons as they are to be; null when nothing changes. A lesson that has begun stays as it is, and its slot
 * is taken: the timetable brings no second one; one of today that is not wanted any more is outside the timetable. A coming lesson whose slot stays keeps its id; one that was removed and
 * is wanted again returns with the id it had, since something may be written about it already.
 * @param stored the later removed after the earlier removed of the same slot
 * @param now the school's local time, `2026-11-28T10:00`
 */
export function mergeLessons(
  stored: readonly StoredLesson[],
  wanted: readonly StoredLesson[],
  now: string,
): MergedLessons | null {
  const present = stored.filter((lesson) => !lesson.isRemoved);
  const wantedSlots = new Set(wanted.map(slotOf));
  const begun = present.filter((lesson) => hasBegun(lesson, now));
  // Of earlier days nothing is wanted: they stay what they were.
  const held = begun.map((lesson) =>
    lesson.date === now.slice(0, 10)
      ? { ...lesson, isOutsideTimetable: !wantedSlots.has(slotOf(lesson)) }
      : lesson,
  );
  const taken = new Set(held.map(slotOf));
  const coming = new Map(
    present.filter((lesson) => !hasBegun(lesson, now)).map((lesson) => [slotOf(lesson), lesson]),
  );
  const removedBefore = new Map(
    stored.filter((lesson) => lesson.isRemoved).map((lesson) => [slotOf(lesson), lesson.lessonId]),
  );
  let added = 0;
  let isChanged = held.some((lesson, at) => lesson.isOutsideTimetable !== begun[at]!.isOutsideTimetable);
  const laid = wanted
    .filter((lesson) => !taken.has(slotOf(lesson)))
    .map((lesson) => {
      const same = coming.get(slotOf(lesson));
      coming.delete(slotOf(lesson));
      if (!same) {
        added += 1;
        return { ...lesson, lessonId: removedBefore.get(slotOf(lesson)) ?? uuidv7() };
      }
      isChanged ||=
        same.room !== lesson.room ||
        same.teacherId !== lesson.teacherId ||
        same.startsAt !== lesson.startsAt ||
        same.endsAt !== lesson.endsAt;
      return { ...lesson, lessonId: same.lessonId };
    });
  const removed = [...coming.values()].map((lesson) => lesson.lessonId);
  if (!isChanged && added === 0 && removed.length === 0) return null;
  return { lessons: [...held, ...laid], removed, added };
}

const slotOf = (lesson: StoredLesson): string => `${lesson.date} ${lesson.lessonNumber}`;

const hasBegun = (lesson: StoredLesson, now: string): boolean => `${lesson.date}T${lesson.startsAt}` <= now;
