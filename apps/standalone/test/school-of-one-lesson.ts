import { randomUUID } from 'node:crypto';
import {
  aClass,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  enrolledIn,
} from '@parta/contracts-contingent/testing';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import type { Bus } from '@parta/platform-messaging';
import { publishFact, tellerOf } from '@parta/platform-testing';

/** A school with one class, one group and one lesson today. */
export interface SchoolOfOneLesson {
  schoolId: string;
  teacherId: string;
  lessonId: string;
  pupils: string[];
  today: string;
}

/** Tells of the school as contingent and curriculum would. */
export async function tellSchoolOfOneLesson(bus: Bus, pupilCount: number): Promise<SchoolOfOneLesson> {
  const schoolId = randomUUID();
  const [classId, groupId, teacherId, lessonId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const pupils = Array.from({ length: pupilCount }, () => randomUUID());
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'UTC' }).format(new Date());
  const say = tellerOf(schoolId, (...told) => publishFact(bus, ...told));
  await say(aSchool(schoolId, { timeZone: 'UTC' }));
  await say(aClass(classId));
  await say(aStudyGroup(groupId, { classId, teacherIds: [teacherId] }));
  await say(aStaffMember(teacherId));
  const enrolments = enrolledIn([groupId], null);
  for (const pupil of pupils) await say(aStudent(pupil, { classId, enrolments }));
  const firstLesson = { lessonNumber: 1, startsAt: '08:30', endsAt: '09:15' };
  await say(lessonsOf(groupId, [{ ...firstLesson, lessonId, date: today, teacherId }]));
  return { schoolId, teacherId, lessonId, pupils, today };
}
