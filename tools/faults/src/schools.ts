import { randomUUID } from 'node:crypto';
import {
  academicYearRecorded,
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled } from '@parta/contracts-curriculum';
import type { Fact } from '@parta/platform-contract';
import type { Bus } from '@parta/platform-messaging';
import { publishFact } from '@parta/platform-testing';
import type { Client } from 'pg';

const TEACHERS = 2;
const GROUPS_OF_TEACHER = 6;
/** Lessons lie behind: at whatever hour the suite runs they have begun, and their window is open. */
const DAYS = 12;
/** Pupils whose guardians hear of each mark, by SMS and by mail. */
const HEARD = 7;
/** Pupils with several marks in a cell, corrected and annulled. */
const MARKED = 4;
/** Pupils of whom absences are noted. */
const MISSED = 3;

export interface Lesson {
  lessonId: string;
  groupId: string;
  subject: string;
  date: string;
}

export interface Teacher {
  schoolId: string;
  personId: string;
  lessons: Lesson[];
  pupils: { heard: string[]; marked: string[]; missed: string[] };
}

export interface School {
  schoolId: string;
  classId: string;
  teachers: Teacher[];
  /** by pupil, of those who are heard */
  families: Map<string, { personId: string; email: string; phone: string }>;
}

/** A few schools with a class each: small, so that each of their entries can be looked for. */
export function inventSchools(count: number): School[] {
  return Array.from({ length: count }, (_, at) => {
    const schoolId = randomUUID();
    const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());
    const pupils = { heard: ids(HEARD), marked: ids(MARKED), missed: ids(MISSED) };
    const teachers = Array.from({ length: TEACHERS }, (_u, teacher): Teacher => ({
      schoolId,
      personId: randomUUID(),
      pupils,
      lessons: Array.from({ length: DAYS * GROUPS_OF_TEACHER }, (_v, i): Lesson => ({
        lessonId: randomUUID(),
        groupId: '',
        subject: `Предмет-${teacher * GROUPS_OF_TEACHER + (i % GROUPS_OF_TEACHER) + 1}`,
        date: daysAgo(1 + Math.floor(i / GROUPS_OF_TEACHER)),
      })),
    }));
    for (const teacher of teachers) {
      const groups = new Map(teacher.lessons.map(({ subject }) => [subject, randomUUID() as string]));
      for (const lesson of teacher.lessons) lesson.groupId = groups.get(lesson.subject)!;
    }
    const families = new Map(
      pupils.heard.map((pupil, i) => [
        pupil,
        {
          personId: randomUUID() as string,
          email: `family-${at}-${i}@example.org`,
          phone: `+7000${at}00000${i}`.slice(0, 12),
        },
      ]),
    );
    return { schoolId, classId: randomUUID(), teachers, families };
  });
}

/** Tells of the schools as contingent and curriculum would. */
export async function tellOf(schools: readonly School[], bus: Bus): Promise<void> {
  const person = { middleName: null, username: null, email: null, phone: null, isActive: true };
  for (const [at, { schoolId, classId, teachers, families }] of schools.entries()) {
    const say = <D extends object>(fact: Fact<D>, aggregateId: string, data: D): Promise<void> =>
      publishFact(bus, fact, { schoolId, aggregateId, version: 1 }, data);
    await say(schoolRecorded, schoolId, {
      schoolId,
      name: `Школа № ${at + 1}`,
      kind: 'school',
      timeZone: 'UTC',
      isActive: true,
    });
    await say(classRecorded, classId, {
      classId,
      title: '7А',
      gradeLevel: 7,
      kind: 'class',
      homeroomTeacherIds: [],
      isActive: true,
    });
    const [startDate, endDate] = [daysAgo(60), daysAgo(-60)];
    const academicYearId = randomUUID();
    await say(academicYearRecorded, academicYearId, {
      academicYearId,
      title: 'Учебный год',
      startDate,
      endDate,
      periods: [
        { periodId: randomUUID(), title: 'Четверть', kind: 'quarter', startDate, endDate, parentId: null },
      ],
    });
    const groupIds = new Map<string, Lesson>();
    for (const teacher of teachers) {
      const name = { familyName: 'Иванова', givenName: 'Анна' };
      await say(staffMemberRecorded, teacher.personId, {
        ...person,
        ...name,
        personId: teacher.personId,
        roles: ['teacher'],
      });
      for (const lesson of teacher.lessons) groupIds.set(lesson.groupId, lesson);
      for (const groupId of new Set(teacher.lessons.map((lesson) => lesson.groupId))) {
        const { subject } = groupIds.get(groupId)!;
        await say(studyGroupRecorded, groupId, {
          groupId,
          classId,
          title: `7А ${subject}`,
          subjectTitle: subject,
          subjectCode: null,
          isSubgroup: false,
          teacherIds: [teacher.personId],
          sourcedId: `g-${groupId}`,
          isActive: true,
        });
      }
    }
    const { heard, marked, missed } = teachers[0]!.pupils;
    for (const [i, pupil] of [...heard, ...marked, ...missed].entries()) {
      const family = families.get(pupil);
      await say(studentRecorded, pupil, {
        ...person,
        familyName: `Абрамов${i}`,
        givenName: 'Пётр',
        personId: pupil,
        birthDate: null,
        sex: null,
        classId,
        guardianIds: family ? [family.personId] : [],
        enrolments: [...groupIds.keys()].map((groupId) => ({ groupId, from: null, to: null })),
      });
      if (!family) continue;
      await say(guardianRecorded, family.personId, {
        ...person,
        familyName: 'Абрамова',
        givenName: 'Мария',
        email: family.email,
        phone: family.phone,
        personId: family.personId,
        kind: 'parent',
        studentIds: [pupil],
      });
    }
    await tellOfLessons(schoolId, academicYearId, teachers, bus);
  }
}

async function tellOfLessons(
  schoolId: string,
  academicYearId: string,
  teachers: readonly Teacher[],
  bus: Bus,
): Promise<void> {
  for (const teacher of teachers) {
    const byGroup = Map.groupBy(teacher.lessons, (lesson) => lesson.groupId);
    let lessonNumber = 0;
    for (const [groupId, lessons] of byGroup) {
      lessonNumber += 1;
      await publishFact(
        bus,
        lessonsScheduled,
        { schoolId, aggregateId: groupId, version: 1 },
        {
          groupId,
          academicYearId,
          lessons: lessons.map(({ lessonId, date }) => ({
            lessonId,
            date,
            lessonNumber,
            startsAt: '08:30',
            endsAt: '09:15',
            room: null,
            teacherId: teacher.personId,
          })),
        },
      );
    }
  }
}

/** Consents and choices as notifications keeps them; how a guardian makes them is told elsewhere. */
export async function subscribeFamilies(
  schools: readonly School[],
  admin: Pick<Client, 'query'>,
): Promise<void> {
  for (const { schoolId, families } of schools) {
    for (const [pupil, { personId, email, phone }] of families) {
      for (const [channel, address] of [
        ['email', email],
        ['sms', phone],
      ]) {
        await admin.query(
          `insert into notifications.contacts (school_id, person_id, channel, address, state, opened_at, changed_at, unsubscribe_token)
           values ($1, $2, $3, $4, 'open', now(), now(), $5)`,
          [schoolId, personId, channel, address, randomUUID()],
        );
        await admin.query(
          `insert into notifications.choices (school_id, person_id, student_id, kind, channel, delivery)
           values ($1, $2, $3, 'mark', $4, 'immediate'), ($1, $2, $3, 'low-mark', $4, 'immediate')`,
          [schoolId, personId, pupil, channel],
        );
      }
      // Whatever the hour: no quiet ones.
      await admin.query(
        `insert into notifications.hours (school_id, person_id, quiet_from, quiet_to, digest_at)
         values ($1, $2, '00:00', '00:00', '19:00')`,
        [schoolId, personId],
      );
    }
  }
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
