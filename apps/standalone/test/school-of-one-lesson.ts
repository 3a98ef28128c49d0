import { randomUUID } from 'node:crypto';
import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled } from '@parta/contracts-curriculum';
import type { Bus } from '@parta/platform-messaging';
import { publishFact } from '@parta/platform-testing';

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
  const about = (aggregateId: string) => ({ schoolId, aggregateId, version: 1 });
  await publishFact(bus, schoolRecorded, about(schoolId), {
    schoolId,
    name: 'Школа',
    kind: 'school',
    timeZone: 'UTC',
    isActive: true,
  });
  await publishFact(bus, classRecorded, about(classId), {
    classId,
    title: '7А',
    gradeLevel: 7,
    kind: 'class',
    homeroomTeacherIds: [],
    isActive: true,
  });
  await publishFact(bus, studyGroupRecorded, about(groupId), {
    groupId,
    classId,
    title: '7А Алгебра',
    subjectTitle: 'Алгебра',
    subjectCode: null,
    isSubgroup: false,
    teacherIds: [teacherId],
    sourcedId: 'g',
    isActive: true,
  });
  const person = {
    middleName: null,
    username: null,
    email: null,
    phone: null,
    isActive: true,
    familyName: 'Иванов',
    givenName: 'Пётр',
  };
  await publishFact(bus, staffMemberRecorded, about(teacherId), {
    ...person,
    personId: teacherId,
    roles: ['teacher'],
  });
  for (const personId of pupils) {
    await publishFact(bus, studentRecorded, about(personId), {
      ...person,
      personId,
      birthDate: null,
      sex: null,
      classId,
      guardianIds: [],
      enrolments: [{ groupId, from: null, to: null }],
    });
  }
  await publishFact(bus, lessonsScheduled, about(groupId), {
    groupId,
    academicYearId: randomUUID(),
    lessons: [
      { lessonId, date: today, lessonNumber: 1, startsAt: '08:30', endsAt: '09:15', room: null, teacherId },
    ],
  });
  return { schoolId, teacherId, lessonId, pupils, today };
}
