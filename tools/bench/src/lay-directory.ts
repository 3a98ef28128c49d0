import { dayBefore } from './district.js';
import type { Put, Row } from './put.js';

export interface LaidClass {
  schoolId: string;
  classId: string;
  gradeLevel: number;
  pupils: readonly string[];
}

export interface LaidWorkType {
  schoolId: string;
  id: string;
  title: string;
  code: string;
  weight: number;
  isWritten: boolean;
}

export interface LaidGroup {
  id: string;
  schoolId: string;
  classId: string;
  title: string;
  subjectTitle: string;
  teacherId: string;
  pupils: readonly string[];
}

/** Who there is, as journal, diary and notifications know of it from contingent. */
export interface Directory {
  schools: readonly string[];
  teachers: readonly { schoolId: string; id: string; name: string }[];
  workTypes: readonly LaidWorkType[];
  classes: readonly LaidClass[];
}

/** Lays schools, staff, classes and pupils into each schema that keeps a copy of them. */
export async function layDirectory(
  put: Put,
  { schools, teachers, workTypes, classes }: Directory,
): Promise<void> {
  const named = schools.map((id, i): Row => [id, `Школа № ${i + 1}`, 'Europe/Moscow', 1]);
  for (const schema of ['journal', 'notifications'])
    await put(`${schema}.schools`, 'school_id, name, time_zone, version', named);
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
    workTypes.map((one, at) => [one.schoolId, one.id, one.title, one.code, one.weight, one.isWritten, at]),
  );
  for (const schema of ['journal', 'diary'])
    await put(
      `${schema}.staff`,
      'school_id, id, name, version',
      teachers.map((one) => [one.schoolId, one.id, one.name, 1]),
    );
  const ofClass = (c: LaidClass): Row => [c.schoolId, c.classId, `${c.gradeLevel}А`, c.gradeLevel, '{}', 1];
  await put(
    'journal.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, version, is_active',
    classes.map((c) => [...ofClass(c), true]),
  );
  await put(
    'diary.classes',
    'school_id, id, title, grade_level, homeroom_teacher_ids, version',
    classes.map(ofClass),
  );
  const pupils = (row: (c: LaidClass, id: string, at: number) => Row): Row[] =>
    classes.flatMap((c) => c.pupils.map((id, at) => row(c, id, at)));
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

/** Lays study groups and who learns in them, for most of a year by now. */
export async function layGroups(
  put: Put,
  schema: 'journal' | 'diary',
  groups: readonly LaidGroup[],
  today: Date,
): Promise<void> {
  if (schema === 'journal')
    await put(
      'journal.study_groups',
      'school_id, id, class_id, title, subject_title, teacher_ids, is_active, version',
      groups.map((g) => [g.schoolId, g.id, g.classId, g.title, g.subjectTitle, `{${g.teacherId}}`, true, 1]),
    );
  else
    await put(
      'diary.study_groups',
      'school_id, id, subject_title, teacher_ids, version',
      groups.map((g) => [g.schoolId, g.id, g.subjectTitle, `{${g.teacherId}}`, 1]),
    );
  const since = dayBefore(today, 300);
  await put(
    `${schema}.enrolments`,
    'school_id, group_id, student_id, from_date',
    (function* (): Iterable<Row> {
      for (const g of groups) for (const id of g.pupils) yield [g.schoolId, g.id, id, since];
    })(),
  );
}
