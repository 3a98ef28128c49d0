import { Client } from 'pg';
import { idOf, VALUES } from '../district.js';
import { layDirectory, layGroups, type Directory, type LaidGroup } from '../lay-directory.js';
import { putBy, type Put, type Row } from '../put.js';
import { dayOf, REGION, regionLesson, teacherIn, type Region, type RegionClass } from './region.js';

/** Lays the region into the schemas of journal and diary, as a week of facts and commands would have. @returns rows */
export async function layRegion(adminUrl: string, region: Region): Promise<number> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let rows = 0;
  const put = putBy(client, () => (rows += 1));
  try {
    await layDirectory(put, directoryOf(region));
    const groups = groupsOf(region);
    for (const schema of ['journal', 'diary'] as const) await layGroups(put, schema, groups, region.today);
    await layLessons(put, region);
    await layMarks(put, region);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return rows;
}

const directoryOf = ({ schools, classes }: Region): Directory => ({
  schools,
  classes,
  teachers: schools.flatMap((schoolId) =>
    Array.from({ length: REGION.teachersPerSchool }, (_, at) => ({
      schoolId,
      id: teacherIn(schoolId, at),
      name: `Учитель ${at}`,
    })),
  ),
  workTypes: schools.map((schoolId) => ({
    schoolId,
    id: idOf(schoolId, 'work-type'),
    title: 'Ответ на уроке',
    code: 'ОУ',
    weight: 1,
    isWritten: false,
  })),
});

const groupsOf = ({ classes }: Region): LaidGroup[] =>
  classes.flatMap((c) => c.groups.map((group) => ({ ...c, ...group, title: `${c.gradeLevel}А` })));

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
