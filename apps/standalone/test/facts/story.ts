import { randomUUID } from 'node:crypto';
import {
  aClass,
  aGuardian,
  anAcademicYear,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  enrolledIn,
  named,
} from '@parta/contracts-contingent/testing';
import { aPeriod, aSchoolYear, aThematicPlan, lessonsOf } from '@parta/contracts-curriculum/testing';
import { aDescription, aMark, anAttendance } from '@parta/contracts-journal/testing';
import type { Fact } from '@parta/platform-contract';

interface Told {
  fact: Fact;
  aggregateId: string;
  data: object;
}

/** A record of a producer and what it was, version by version; the last one is how it is now. */
export type Life = Told[];

const ids = () => ({
  year: randomUUID(),
  lastYear: randomUUID(),
  class: randomUUID(),
  group: randomUUID(),
  lastGroup: randomUUID(),
  teacher: randomUUID(),
  student: randomUUID(),
  guardian: randomUUID(),
  lesson: randomUUID(),
  otherLesson: randomUUID(),
  lastLesson: randomUUID(),
  mark: randomUUID(),
  lastMark: randomUUID(),
  cell: randomUUID(),
  periods: [randomUUID(), randomUUID(), randomUUID()] as const,
});

/** The ids of a school's records. Two schools may have them all in common: ids come from outside. */
export type StoryIds = ReturnType<typeof ids>;
export const storyIds = ids;

/** A school in three versions of each of its records, this year's and last year's. */
export function storyOf(schoolId: string, id: StoryIds): Life[] {
  const year = [
    aPeriod('I четверть', '2026-09-01', '2026-10-24', { periodId: id.periods[0] }),
    aPeriod('II четверть', '2026-11-02', '2026-12-30', { periodId: id.periods[1] }),
  ];
  const recorded = year.map((period) => ({ ...period, parentId: null }));
  const lastPeriod = aPeriod('IV четверть', '2026-03-30', '2026-05-26', { periodId: id.periods[2] });
  const lastYear = { title: '2025/2026', startDate: '2025-09-01', endDate: '2026-05-31' };
  const where = (lessonId: string, groupId: string, date: string) => ({
    lessonId,
    groupId,
    subjectTitle: 'Алгебра',
    date,
    lessonNumber: 2,
  });
  const today = where(id.lesson, id.group, '2026-09-14');
  const inSpring = where(id.lastLesson, id.lastGroup, '2026-04-06');
  const lessons = (room: string | null, teacherId: string | null) => [
    { lessonId: id.lesson, date: '2026-09-14', room, teacherId },
    { lessonId: id.otherLesson, date: '2026-09-21', room, teacherId },
  ];
  const enrolments = enrolledIn([id.group]);
  return [
    [
      aSchool(schoolId, { name: 'Школа' }),
      aSchool(schoolId, { timeZone: 'UTC' }),
      aSchool(schoolId, { name: 'Школа № 1' }),
    ],
    [
      anAcademicYear(id.year, { periods: [] }),
      anAcademicYear(id.year, { periods: recorded.slice(0, 1) }),
      anAcademicYear(id.year, { periods: recorded }),
    ],
    [
      anAcademicYear(id.lastYear, { ...lastYear, periods: [] }),
      anAcademicYear(id.lastYear, { ...lastYear, periods: [{ ...lastPeriod, parentId: null }] }),
    ],
    [
      aClass(id.class, { gradeLevel: 6, title: '6А' }),
      aClass(id.class),
      aClass(id.class, { homeroomTeacherIds: [id.teacher] }),
    ],
    [
      aStudyGroup(id.group, { classId: id.class }),
      aStudyGroup(id.group, { classId: id.class, teacherIds: [id.teacher], title: '7А Математика' }),
      aStudyGroup(id.group, { classId: id.class, teacherIds: [id.teacher] }),
    ],
    [
      aStudyGroup(id.lastGroup, { classId: id.class, teacherIds: [id.teacher], title: '6А Алгебра' }),
      aStudyGroup(id.lastGroup, { classId: id.class, title: '6А Алгебра', isActive: false }),
    ],
    [
      aStaffMember(id.teacher, named('Иванова Анна')),
      aStaffMember(id.teacher, { ...named('Петрова Анна'), roles: ['teacher', 'deputy-head'] }),
      aStaffMember(id.teacher, named('Петрова Анна')),
    ],
    [
      aStudent(id.student, { classId: id.class }),
      aStudent(id.student, { classId: id.class, enrolments: enrolledIn([id.group, id.lastGroup]) }),
      aStudent(id.student, { classId: id.class, guardianIds: [id.guardian], enrolments }),
    ],
    [
      aGuardian(id.guardian),
      aGuardian(id.guardian, { studentIds: [id.student], phone: '+79000000001' }),
      aGuardian(id.guardian, { studentIds: [id.student], phone: '+79000000002' }),
    ],
    [
      aSchoolYear(id.year, { periods: year.slice(0, 1) }),
      aSchoolYear(id.year, { periods: year }),
      aSchoolYear(id.year, {
        periods: year,
        daysOff: [{ date: '2026-11-04', kind: 'public-holiday', title: 'Праздник' }],
      } as never),
    ],
    [
      aSchoolYear(id.lastYear, { ...lastYear, periods: [] }),
      aSchoolYear(id.lastYear, { ...lastYear, periods: [lastPeriod] }),
    ],
    [
      lessonsOf(id.group, lessons(null, null), id.year),
      lessonsOf(id.group, lessons('12', id.teacher).slice(0, 1), id.year),
      lessonsOf(id.group, lessons('14', id.teacher), id.year),
    ],
    [
      lessonsOf(id.lastGroup, [], id.lastYear),
      lessonsOf(id.lastGroup, [{ lessonId: id.lastLesson, date: '2026-04-06' }], id.lastYear),
    ],
    [
      aThematicPlan(id.group, [{ topic: 'Дроби' }]),
      aThematicPlan(id.group, [{ topic: 'Дроби' }, { topic: 'Числа' }]),
      aThematicPlan(id.group, [{ topic: 'Числа' }]),
    ],
    [
      aDescription(today, { topic: 'Дроби' }),
      aDescription(today, { topic: 'Числа', homework: { text: '§ 1' } }),
      aDescription(today, { topic: 'Числа', homework: { text: '§ 2', dueDate: '2026-09-21' } }),
    ],
    [aDescription(inSpring, { topic: 'Корни' }), aDescription(inSpring, { topic: 'Степени' })],
    [
      aMark(today, id.student, '4', { markId: id.mark }),
      aMark(today, id.student, '5', { markId: id.mark, version: 2, previousValue: '4' }),
      aMark(today, id.student, '5', { markId: id.mark, version: 3, previousValue: '4', isAnnulled: true }),
    ],
    [
      aMark(inSpring, id.student, '3', { markId: id.lastMark }),
      aMark(inSpring, id.student, '4', { markId: id.lastMark, version: 2, previousValue: '3' }),
    ],
    [
      anAttendance(today, id.student, 'ABSENT', { cellId: id.cell }),
      anAttendance(today, id.student, null, { cellId: id.cell, version: 2 }),
      anAttendance(today, id.student, 'ILL', { cellId: id.cell, version: 3, reason: 'Справка' }),
    ],
  ] as Life[];
}
