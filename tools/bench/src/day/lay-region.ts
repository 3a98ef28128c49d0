import { Client } from 'pg';
import { dayBefore, idOf, VALUES } from '../district.js';
import { putBy, type Put, type Row } from '../put.js';
import { dayOf, REGION, regionLesson, teacherIn, type Region, type RegionClass } from './region.js';

/** Lays the region into the schemas of journal and diary, as a week of facts and commands would have. @returns rows */
export async function layRegion(adminUrl: string, region: Region): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let rows = 0;
  const put = putBy(client, () => (rows += 1));
  try {
    await layPeople(put, region);
    await layGroups(put, region);
    await layLessons(put, region);
    await layMarks(put, region);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return rows;
}

async function layPeople(put: Put, { schools, classes }: Region): Promise<void> {
  const teachers = schools.flatMap((schoolId) =>
    Array.from({ length: REGION.teachersPerSchool }, (_, at): Row => [
      schoolId,
      teacherIn(schoolId, at),
      `Учитель ${at}`,
      1,
    ]),
  );
  const named = (s: string, i: number): Row => [s, `Школа № ${i + 1}`, 'Europe/Moscow', 1];
  await put('journal.schools', 'school_id, name, time_zone, version', schools.map(named));
  await put('notifications.schools', 'school_id, name, time_zone, version', schools.map(named));
  await put(
    'diary.schools',
    'school_id, kind, time_zone, version',
    schools.map((id) => [id, 'school', 'Europe/Moscow', 1]),
  );
  await put(
    'journal.policies',
    'school_id',
    schools.map((id) => [id]),
  );
  await put(
    'journal.work_types',
    'school_id, id, title, short_code, weight, is_written, position',
    schools.map((id) => [id, idOf(id, 'work-type'), 'Ответ на уроке', 'ОУ', 1, false, 0]),
  );
  await put('journal.staff', 'school_id, id, name, version', teachers);
  await put('diary.staff', 'school_id, id, name, version', teachers);
  const classRows = (version: (number | string | boolean)[]): Row[] =>
    classes.map((c) => [c.schoolId, c.classId, `${c.gradeLevel}А`, c.gradeLevel, '{}', ...version]);
  await put(
    'journal.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, is_active, version',
    classRows([true, 1]),
  );
  await put(
    'diary.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, version',
    classRows([1]),
  );
  const pupils = function* (row: (c: RegionClass, id: string, at: number) => Row): Iterable<Row> {
    for (const c of classes) for (const [at, id] of c.pupils.entries()) yield row(c, id, at);
  };
  await put(
    'journal.students',
    'school_id, id, family_name, given_name, class_id, is_active, version',
    pupils((c, id, at) => [c.schoolId, id, `Фамилия${at}`, `Имя${at}`, c.classId, true, 1]),
  );
  await put(
    'diary.students',
    'school_id, id, name, class_id, version',
    pupils((c, id, at) => [c.schoolId, id, `Фамилия${at} Имя${at}`, c.classId, 1]),
  );
}

async function layGroups(put: Put, { classes, today }: Region): Promise<void> {
  const since = dayBefore(today, 300);
  const groups = function* (row: (c: RegionClass, group: RegionClass['groups'][number]) => Iterable<Row>) {
    for (const c of classes) for (const group of c.groups) yield* row(c, group);
  };
  await put(
    'journal.study_groups',
    'school_id, id, class_id, title, subject_title, teacher_ids, is_active, version',
    groups((c, g) => [
      [c.schoolId, g.id, c.classId, `${c.gradeLevel}А`, g.subjectTitle, `{${g.teacherId}}`, true, 1],
    ]),
  );
  await put(
    'diary.study_groups',
    'school_id, id, subject_title, teacher_ids, version',
    groups((c, g) => [[c.schoolId, g.id, g.subjectTitle, `{${g.teacherId}}`, 1]]),
  );
  for (const schema of ['journal', 'diary'])
    await put(
      `${schema}.enrolments`,
      'school_id, group_id, student_id, from_date',
      groups((c, g) => c.pupils.map((id): Row => [c.schoolId, g.id, id, since])),
    );
}

async function layLessons(put: Put, region: Region): Promise<void> {
  const lessons = function* (
    row: (c: RegionClass, g: RegionClass['groups'][number], at: number, daysAgo: number) => Row | null,
  ) {
    for (const c of region.classes)
      for (let daysAgo = 0; daysAgo <= REGION.pastDays; daysAgo += 1)
        for (const [at, group] of c.groups.entries()) {
          const made = row(c, group, at, daysAgo);
          if (made) yield made;
        }
  };
  const hours = (at: number): [string, string] => [
    `${String(8 + at).padStart(2, '0')}:30`,
    `${String(9 + at).padStart(2, '0')}:15`,
  ];
  await put(
    'journal.lessons',
    'school_id, id, group_id, date, lesson_number, starts_at, ends_at, teacher_id, topic, homework, description_version',
    lessons((c, g, at, daysAgo) => [
      c.schoolId,
      regionLesson(g.id, daysAgo),
      g.id,
      dayOf(region, daysAgo),
      at + 1,
      ...hours(at),
      g.teacherId,
      daysAgo ? `Тема ${daysAgo}` : null,
      daysAgo ? '§ 12, упражнения 3–5' : null,
      daysAgo ? 1 : 0,
    ]),
  );
  await put(
    'diary.lessons',
    'school_id, id, group_id, date, lesson_number, starts_at, ends_at, room, teacher_id',
    lessons((c, g, at, daysAgo) => [
      c.schoolId,
      regionLesson(g.id, daysAgo),
      g.id,
      dayOf(region, daysAgo),
      at + 1,
      ...hours(at),
      `${200 + at}`,
      g.teacherId,
    ]),
  );
  await put(
    'diary.lesson_descriptions',
    'school_id, lesson_id, topic, homework, no_homework, individual, version',
    lessons((c, g, _at, daysAgo) =>
      daysAgo
        ? [c.schoolId, regionLesson(g.id, daysAgo), `Тема ${daysAgo}`, '§ 12, упражнения 3–5', false, '[]', 1]
        : null,
    ),
  );
}

/** Of each pupil one mark a day. */
async function layMarks(put: Put, region: Region): Promise<void> {
  const marks = function* (
    row: (of: {
      schoolId: string;
      subjectTitle: string;
      lessonId: string;
      studentId: string;
      value: string;
      daysAgo: number;
    }) => Row,
  ) {
    for (const c of region.classes)
      for (let daysAgo = 1; daysAgo <= REGION.pastDays; daysAgo += 1)
        for (const [at, studentId] of c.pupils.entries()) {
          const group = c.groups[(at + daysAgo) % c.groups.length]!;
          yield row({
            schoolId: c.schoolId,
            subjectTitle: group.subjectTitle,
            lessonId: regionLesson(group.id, daysAgo),
            studentId,
            value: VALUES[(at + daysAgo) % VALUES.length]!,
            daysAgo,
          });
        }
  };
  const recordedAt = new Date(region.today.getTime() - 86_400_000).toISOString();
  const idOfMark = (lessonId: string, studentId: string): string => idOf(lessonId, studentId, 'mark');
  await put(
    'journal.cells',
    'school_id, lesson_id, student_id, id, version',
    marks((m) => [m.schoolId, m.lessonId, m.studentId, idOf(m.lessonId, m.studentId), 1]),
  );
  await put(
    'journal.marks',
    'school_id, id, lesson_id, student_id, value, numeric_value, work_type_id, is_late, recorded_at, version',
    marks((m) => [
      m.schoolId,
      idOfMark(m.lessonId, m.studentId),
      m.lessonId,
      m.studentId,
      m.value,
      m.value,
      idOf(m.schoolId, 'work-type'),
      false,
      recordedAt,
      1,
    ]),
  );
  await put(
    'diary.marks',
    'school_id, id, student_id, lesson_id, date, subject_title, value, numeric_value, work_type_title, weight, is_annulled, recorded_at, version',
    marks((m) => [
      m.schoolId,
      idOfMark(m.lessonId, m.studentId),
      m.studentId,
      m.lessonId,
      dayOf(region, m.daysAgo),
      m.subjectTitle,
      m.value,
      m.value,
      'Ответ на уроке',
      1,
      false,
      recordedAt,
      1,
    ]),
  );
}
