import {
  aClass,
  aGuardian,
  anAcademicYear,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  enrolledIn,
} from '@parta/contracts-contingent/testing';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import type { Bus } from '@parta/platform-messaging';
import { publishFact, tellerOf } from '@parta/platform-testing';
import { TODAY, type TestRegion, type TestSchool } from './schools.js';

/** Tells the services of the region as contingent and curriculum would. */
export async function tellRegion(bus: Bus, region: TestRegion): Promise<void> {
  for (const school of [region.own, region.foreign]) await tellSchool(bus, school);
}

async function tellSchool(bus: Bus, school: TestSchool): Promise<void> {
  const { schoolId, name, academicYearId, periodId, librarianId } = school;
  const say = tellerOf(schoolId, (...told) => publishFact(bus, ...told));
  await say(aSchool(schoolId, { name, timeZone: 'UTC' }));
  const periods = [
    {
      periodId,
      title: 'II четверть',
      kind: 'quarter',
      startDate: '2026-11-02',
      endDate: '2026-12-30',
      parentId: null,
    },
  ];
  await say(anAcademicYear(academicYearId, { periods }));
  await say(aStaffMember(librarianId, { roles: ['librarian'] }));
  for (const { classId, title, homeroomTeacherIds, teachings, families } of school.classes) {
    await say(aClass(classId, { title, homeroomTeacherIds }));
    for (const { teacherId } of teachings) await say(aStaffMember(teacherId));
    for (const { groupId, teacherId } of teachings)
      await say(aStudyGroup(groupId, { classId, title: `${title} Алгебра`, teacherIds: [teacherId] }));
    const enrolments = enrolledIn([classId, ...teachings.map((one) => one.groupId)]);
    for (const { studentId, guardianId } of families) {
      await say(aStudent(studentId, { classId, guardianIds: [guardianId], enrolments }));
      await say(aGuardian(guardianId, { studentIds: [studentId] }));
    }
    for (const { groupId, teacherId, lessonId } of teachings)
      await say(lessonsOf(groupId, [{ lessonId, date: TODAY, teacherId }], academicYearId));
  }
}
