import { dayBefore, idOf, SHAPE, SUBJECTS, VALUES, type District } from './district.js';
import { layGroups } from './lay-directory.js';
import type { Put, Row } from './put.js';

/** The diary as weeks of facts would have left it. */
export async function layDiary(put: Put, { classes, today }: District): Promise<void> {
  const { diaryDays, diaryLessonsPerDay } = SHAPE;
  const subjectOf = (classId: string, at: number): string => idOf(classId, 'diary-group', at);
  await layGroups(
    put,
    'diary',
    classes.flatMap((c) =>
      SUBJECTS.map((subjectTitle, at) => ({
        ...c,
        id: subjectOf(c.classId, at),
        title: subjectTitle,
        subjectTitle,
      })),
    ),
    today,
  );
  const lessons = function* () {
    for (const c of classes)
      for (let day = 0; day < diaryDays; day += 1)
        for (let at = 0; at < diaryLessonsPerDay; at += 1) {
          const subject = (day + at) % SUBJECTS.length;
          yield {
            c,
            day,
            at,
            subject,
            id: idOf(c.classId, 'diary-lesson', day, at),
            date: dayBefore(today, day),
          };
        }
  };
  await put(
    'diary.lessons',
    'school_id, id, group_id, date, lesson_number, starts_at, ends_at, room, teacher_id',
    (function* (): Iterable<Row> {
      for (const l of lessons())
        yield [
          l.c.schoolId,
          l.id,
          subjectOf(l.c.classId, l.subject),
          l.date,
          l.at + 1,
          `${8 + l.at}:30`,
          `${9 + l.at}:15`,
          `${200 + l.at}`,
          l.c.teacherId,
        ];
    })(),
  );
  await put(
    'diary.lesson_descriptions',
    'school_id, lesson_id, topic, homework, no_homework, individual, version',
    (function* (): Iterable<Row> {
      for (const l of lessons())
        yield [l.c.schoolId, l.id, `Тема ${l.day}`, `§ ${l.day}, упражнения 1–5`, false, '[]', 1];
    })(),
  );
  await put(
    'diary.marks',
    'school_id, id, student_id, lesson_id, date, subject_title, value, numeric_value, work_type_title, weight, is_annulled, recorded_at, version',
    (function* (): Iterable<Row> {
      for (const l of lessons())
        for (let pupil = l.at; pupil < l.c.pupils.length; pupil += 3) {
          const value = VALUES[(pupil + l.day) % VALUES.length]!;
          yield [
            l.c.schoolId,
            idOf(l.id, pupil, 'mark'),
            l.c.pupils[pupil]!,
            l.id,
            l.date,
            SUBJECTS[l.subject]!,
            value,
            value,
            'Ответ на уроке',
            1,
            false,
            today.toISOString(),
            1,
          ];
        }
    })(),
  );
  await put(
    'diary.attendance',
    'school_id, id, student_id, lesson_id, date, subject_title, code, version',
    (function* (): Iterable<Row> {
      for (const l of lessons())
        for (let pupil = l.at + 1; pupil < l.c.pupils.length; pupil += 15)
          yield [
            l.c.schoolId,
            idOf(l.id, pupil, 'attendance'),
            l.c.pupils[pupil]!,
            l.id,
            l.date,
            SUBJECTS[l.subject]!,
            'ILL',
            1,
          ];
    })(),
  );
}
