import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dayBefore, idOf, lessonOf, SHAPE, type District } from './district.js';

type Row = (string | number | boolean | null)[];

const VALUES = ['5', '4', '4', '3', '5', '3', '4', '2'];
const SUBJECTS = ['Алгебра', 'Русский язык', 'История', 'Физика', 'Биология', 'Литература', 'География'];

/** Lays the district into the schemas of journal and diary, as weeks of facts would have. */
export async function layData(adminUrl: string, district: District): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let rows = 0;
  const put = async (table: string, columns: string, from: Iterable<Row>): Promise<void> => {
    const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
    await pipeline(
      Readable.from(
        (function* () {
          let chunk = '';
          for (const row of from) {
            rows += 1;
            chunk += `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;
            if (chunk.length < 65_536) continue;
            yield chunk;
            chunk = '';
          }
          if (chunk) yield chunk;
        })(),
      ),
      stream,
    );
  };
  try {
    await layJournal(put, district);
    await layDiary(put, district);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return rows;
}

type Put = (table: string, columns: string, from: Iterable<Row>) => Promise<void>;

async function layJournal(put: Put, { schools, classes, today }: District): Promise<void> {
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

async function layDiary(put: Put, { schools, classes, today }: District): Promise<void> {
  const { diaryDays, diaryLessonsPerDay } = SHAPE;
  const subjectOf = (classId: string, at: number): string => idOf(classId, 'diary-group', at);
  await put(
    'diary.schools',
    'school_id, kind, time_zone, version',
    schools.map((id) => [id, 'school', 'Europe/Moscow', 1]),
  );
  await put(
    'diary.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, version',
    classes.map((c, i) => [c.schoolId, c.classId, `${5 + (i % 7)}А`, 5 + (i % 7), '{}', 1]),
  );
  await put(
    'diary.staff',
    'school_id, id, name, version',
    classes.map((c) => [c.schoolId, c.teacherId, 'Иванова Мария Петровна', 1]),
  );
  await put(
    'diary.students',
    'school_id, id, name, class_id, version',
    classes.flatMap((c) =>
      c.pupils.map((id, at): Row => [c.schoolId, id, `Фамилия${at} Имя${at}`, c.classId, 1]),
    ),
  );
  await put(
    'diary.study_groups',
    'school_id, id, subject_title, teacher_ids, version',
    classes.flatMap((c) =>
      SUBJECTS.map((title, at): Row => [c.schoolId, subjectOf(c.classId, at), title, `{${c.teacherId}}`, 1]),
    ),
  );
  await put(
    'diary.enrolments',
    'school_id, student_id, group_id, from_date',
    classes.flatMap((c) =>
      c.pupils.flatMap((id) =>
        SUBJECTS.map((_, at): Row => [c.schoolId, id, subjectOf(c.classId, at), dayBefore(today, 300)]),
      ),
    ),
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
