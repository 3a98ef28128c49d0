import { dayBefore, idOf, lessonOf, SHAPE, SUBJECTS, type BenchClass, type District } from './district.js';
import { layGroups } from './lay-directory.js';
import type { Put, Row } from './put.js';

/** The guardian of a pupil, who hears of every mark at once. */
export const guardianOf = (studentId: string): string => idOf(studentId, 'guardian');
export const emailOf = (studentId: string): string => `${studentId}@families.example`;
/** Unique as long as two pupils do not share the first 40 bits of their ids. */
export const phoneOf = (studentId: string): string =>
  `+79${String(parseInt(studentId.replaceAll('-', '').slice(0, 10), 16) % 1e9).padStart(9, '0')}`;

/** Of each school one class, whose families hear of marks. */
export const heardClasses = ({ classes }: District): BenchClass[] => [
  ...new Map(classes.map((one) => [one.schoolId, one])).values(),
];

const LAST_OF_THE_DAY = Math.floor((SHAPE.emptyLessonsPerClass - 1) / SHAPE.daysOfEmptyLessons);

/** The lesson in which the marks are given that families hear of: the last of the empty ones of today. */
export const heardLessonOf = ({ emptyGroupId }: BenchClass): string =>
  lessonOf(emptyGroupId, LAST_OF_THE_DAY * SHAPE.daysOfEmptyLessons);

/** A page shows the marks of lessons that the diary knows: of the empty ones that is this alone. */
export async function layHeardLessons(put: Put, district: District): Promise<void> {
  const heard = heardClasses(district);
  const subjectTitle = SUBJECTS[1]!;
  await layGroups(
    put,
    'diary',
    heard.map((one) => ({ ...one, id: one.emptyGroupId, title: subjectTitle, subjectTitle })),
    district.today,
  );
  await put(
    'diary.lessons',
    'school_id, id, group_id, date, lesson_number, starts_at, ends_at, room, teacher_id',
    heard.map((one) => [
      one.schoolId,
      heardLessonOf(one),
      one.emptyGroupId,
      dayBefore(district.today, 0),
      LAST_OF_THE_DAY + 1,
      '14:30',
      '15:15',
      '207',
      one.teacherId,
    ]),
  );
}

/** Families that have consented and chosen, by mail and SMS, as notifications keeps them. */
export async function layFamilies(put: Put, district: District): Promise<void> {
  const now = new Date().toISOString();
  const pupils = heardClasses(district).flatMap((one) => one.pupils.map((id, at) => ({ one, id, at })));
  await put(
    'notifications.students',
    'school_id, id, family_name, given_name, class_id, version',
    pupils.map(({ one, id, at }) => [one.schoolId, id, `Фамилия${at}`, `Имя${at}`, one.classId, 1]),
  );
  await put(
    'notifications.guardians',
    'school_id, id, name, email, phone, is_active, version',
    pupils.map(({ one, id }) => [one.schoolId, guardianOf(id), 'Мама', emailOf(id), phoneOf(id), true, 1]),
  );
  await put(
    'notifications.guardian_children',
    'school_id, student_id, guardian_id',
    pupils.map(({ one, id }) => [one.schoolId, id, guardianOf(id)]),
  );
  await put(
    'notifications.hours',
    'school_id, person_id, quiet_from, quiet_to, digest_at',
    pupils.map(({ one, id }) => [one.schoolId, guardianOf(id), '00:00', '00:00', '19:00']),
  );
  const byChannel = (row: (pupil: (typeof pupils)[number], channel: 'email' | 'sms') => Row): Row[] =>
    pupils.flatMap((pupil) => [row(pupil, 'email'), row(pupil, 'sms')]);
  await put(
    'notifications.contacts',
    'school_id, person_id, channel, address, state, opened_at, changed_at, unsubscribe_token',
    byChannel(({ one, id }, channel) => [
      one.schoolId,
      guardianOf(id),
      channel,
      channel === 'email' ? emailOf(id) : phoneOf(id),
      'open',
      now,
      now,
      idOf(id, channel, 'unsubscribe'),
    ]),
  );
  await put(
    'notifications.choices',
    'school_id, person_id, student_id, kind, channel, delivery',
    byChannel(({ one, id }, channel) => [one.schoolId, guardianOf(id), id, 'mark', channel, 'immediate']),
  );
  await put(
    'notifications.choice_versions',
    'school_id, person_id, student_id, version',
    pupils.map(({ one, id }) => [one.schoolId, guardianOf(id), id, 1]),
  );
}
