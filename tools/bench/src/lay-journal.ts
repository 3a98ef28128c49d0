import { dayBefore, idOf, lessonOf, SHAPE, SUBJECTS, VALUES, type District } from './district.js';
import type { Put, Row } from './put.js';

/** The journal as weeks of facts and commands would have left it. */
export async function layJournal(put: Put, { schools, classes, today }: District): Promise<void> {
  const workTypeOf = (schoolId: string, at: number): string => idOf(schoolId, 'work-type', at);
  await put(
    'journal.schools',
    'school_id, name, time_zone, version',
    schools.map((id, i) => [id, `Школа № ${i + 1}`, 'Europe/Moscow', 1]),
  );
  await put(
    'journal.policies',
    'school_id',
    schools.map((id) => [id]),
  );
  await put(
    'journal.work_types',
    'school_id, id, title, short_code, weight, is_written, position',
    schools.flatMap((id) =>
      ['ОУ', 'ДР', 'КР'].map((code, at): Row => [
        id,
        workTypeOf(id, at),
        `Вид ${code}`,
        code,
        at + 1,
        code === 'КР',
        at,
      ]),
    ),
  );
  await put(
    'journal.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, is_active, version',
    classes.map((c, i) => [c.schoolId, c.classId, `${5 + (i % 7)}А`, 5 + (i % 7), '{}', true, 1]),
  );
  await put(
    'journal.staff',
    'school_id, id, name, version',
    classes.map((c) => [c.schoolId, c.teacherId, 'Иванова Мария Петровна', 1]),
  );
  await put(
    'journal.study_groups',
    'school_id, id, class_id, title, subject_title, teacher_ids, is_active, version',
    classes.flatMap((c): Row[] =>
      [c.groupId, c.emptyGroupId].map((id, at) => [
        c.schoolId,
        id,
        c.classId,
        'Класс, предмет',
        SUBJECTS[at]!,
        `{${c.teacherId}}`,
        true,
        1,
      ]),
    ),
  );
  await put(
    'journal.students',
    'school_id, id, family_name, given_name, class_id, is_active, version',
    classes.flatMap((c) =>
      c.pupils.map((id, at): Row => [c.schoolId, id, `Фамилия${at}`, `Имя${at}`, c.classId, true, 1]),
    ),
  );
  await put(
    'journal.enrolments',
    'school_id, group_id, student_id, from_date',
    classes.flatMap((c) =>
      [c.groupId, c.emptyGroupId].flatMap((group) =>
        c.pupils.map((id): Row => [c.schoolId, group, id, dayBefore(today, 300)]),
      ),
    ),
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
            dayBefore(today, at % 12),
            1 + Math.floor(at / 12),
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
          workTypeOf(e.schoolId, e.at % 3),
          false,
          now,
          1,
        ];
      }
    })(),
  );
}
