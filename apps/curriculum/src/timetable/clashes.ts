import type { TimetableClash } from '@parta/contracts-curriculum';

/** A slot of the week with everything that can clash. */
export interface PlacedLesson {
  groupTitle: string;
  weekday: number;
  lessonNumber: number;
  room: string | null;
  classId: string | null;
  classTitle: string | null;
  isSubgroup: boolean;
  teacherId: string | null;
  teacherName: string | null;
}

/**
 * Finds a teacher, a class or a room wanted twice at one time. Subgroups of one class run side by side; a gymnasium or
 * hall takes several classes, so rooms without a number are let be.
 */
export function findClashes(lessons: readonly PlacedLesson[]): TimetableClash[] {
  const clashes: TimetableClash[] = [];
  const slots = Map.groupBy(lessons, (lesson) => `${lesson.weekday} ${lesson.lessonNumber}`);
  for (const together of slots.values()) {
    const report = (
      kind: TimetableClash['kind'],
      key: (lesson: PlacedLesson) => string | null,
      who: (lesson: PlacedLesson) => string,
    ) => {
      for (const [value, group] of Map.groupBy(together, key)) {
        if (value === null || group.length < 2) continue;
        if (kind === 'class' && group.every((lesson) => lesson.isSubgroup)) continue;
        const { weekday, lessonNumber } = group[0]!;
        clashes.push({
          kind,
          who: who(group[0]!),
          weekday,
          lessonNumber,
          groups: group.map((lesson) => lesson.groupTitle).slice(0, 20),
        });
      }
    };
    report(
      'teacher',
      (lesson) => lesson.teacherId,
      (lesson) => lesson.teacherName ?? '',
    );
    report(
      'class',
      (lesson) => lesson.classId,
      (lesson) => lesson.classTitle ?? '',
    );
    report(
      'room',
      (lesson) => (lesson.room && /\d/.test(lesson.room) ? lesson.room.toLowerCase() : null),
      (lesson) => lesson.room ?? '',
    );
  }
  return clashes;
}
