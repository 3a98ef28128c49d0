import {
  dayBefore,
  idOf,
  lessonOf,
  SHAPE,
  SUBJECTS,
  VALUES,
  WORK_CODES,
  workTypeOf,
  type District,
} from './district.js';
import { layGroups } from './lay-directory.js';
import type { Put, Row } from './put.js';

/** The journal as weeks of facts and commands would have left it. */
export async function layJournal(put: Put, { classes, today }: District): Promise<void> {
  await layGroups(
    put,
    'journal',
    classes.flatMap((c) =>
      [c.groupId, c.emptyGroupId].map((id, at) => ({
        ...c,
        id,
        title: 'Класс, предмет',
        subjectTitle: SUBJECTS[at]!,
      })),
    ),
    today,
  );
  await put(
    'journal.lessons',
    'school_id, id, group_id, date, lesson_number, starts_at, ends_at, teacher_id, topic, homework, description_version',
    (function* (): Iterable<Row> {
      for (const c of classes) {
        for (let at = 0; at < SHAPE.lessonsPerPage; at += 1)
          yield [
            c.schoolId,
            lessonOf(c.groupId, at),
            c.groupId,
            dayBefore(today, at * 2),
            1 + (at % 6),
            '08:30',
            '09:15',
            c.teacherId,
            `Тема урока ${at}`,
            `§ ${at}, упражнения`,
            1,
          ];
        for (let at = 0; at < SHAPE.emptyLessonsPerClass; at += 1)
          yield [
            c.schoolId,
            lessonOf(c.emptyGroupId, at),
            c.emptyGroupId,
            dayBefore(today, at % SHAPE.daysOfEmptyLessons),
            1 + Math.floor(at / SHAPE.daysOfEmptyLessons),
            '08:30',
            '09:15',
            c.teacherId,
            null,
            null,
            0,
          ];
      }
    })(),
  );
  /** every second cell in a pattern without columns of nothing */
  const entries = function* (): Iterable<{
    schoolId: string;
    lessonId: string;
    studentId: string;
    at: number;
  }> {
    const step = (SHAPE.lessonsPerPage * SHAPE.pupilsPerClass) / SHAPE.entriesPerPage;
    for (const c of classes)
      for (let lesson = 0; lesson < SHAPE.lessonsPerPage; lesson += 1)
        for (let pupil = lesson % step; pupil < SHAPE.pupilsPerClass; pupil += step)
          yield {
            schoolId: c.schoolId,
            lessonId: lessonOf(c.groupId, lesson),
            studentId: c.pupils[pupil]!,
            at: lesson * 31 + pupil,
          };
  };
  await put(
    'journal.cells',
    'school_id, lesson_id, student_id, id, version, attendance',
    (function* (): Iterable<Row> {
      for (const e of entries())
        yield [
          e.schoolId,
          e.lessonId,
          e.studentId,
          idOf(e.lessonId, e.studentId),
          1,
          e.at % 7 === 0 ? 'ILL' : null,
        ];
    })(),
  );
  const now = today.toISOString();
  await put(
    'journal.marks',
    'school_id, id, lesson_id, student_id, value, numeric_value, work_type_id, is_late, recorded_at, version',
    (function* (): Iterable<Row> {
      for (const e of entries()) {
        if (e.at % 7 === 0) continue;
        const value = VALUES[e.at % VALUES.length]!;
        yield [
          e.schoolId,
          idOf(e.lessonId, e.studentId, 'mark'),
          e.lessonId,
          e.studentId,
          value,
          value,
          workTypeOf(e.schoolId, e.at % WORK_CODES.length),
          false,
          now,
          1,
        ];
      }
    })(),
  );
}
