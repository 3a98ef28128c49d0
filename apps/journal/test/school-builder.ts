import { randomUUID } from 'node:crypto';
import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, thematicPlanRecorded } from '@parta/contracts-curriculum';
import type { Role } from '@parta/platform-contract';
import type { ServiceBench } from '@parta/platform-testing';

export interface TestLesson {
  id: string;
  date: string;
  number: number;
}

/** A school as contingent and curriculum would tell of it: one class, one group with algebra, three pupils. */
export class TestSchool {
  readonly id = randomUUID();
  readonly classId = randomUUID();
  readonly groupId = randomUUID();
  readonly teacher = randomUUID();
  readonly homeroomTeacher = randomUUID();
  readonly stranger = randomUUID();
  readonly pupils = [randomUUID(), randomUUID(), randomUUID()] as const;
  readonly names = ['Ёлкина Яна', 'Абрамов Пётр', 'Жуков Иван'] as const;
  readonly lessons: TestLesson[];
  private listVersion = 0;

  /** @param dates of the lessons, YYYY-MM-DD; each is the second lesson of its day, 09:25–10:10 */
  constructor(
    private readonly bench: ServiceBench,
    dates: readonly string[],
    private readonly gradeLevel = 7,
  ) {
    this.lessons = dates.map((date) => ({ id: randomUUID(), date, number: 2 }));
  }

  lesson(date: string): TestLesson {
    return this.lessons.find((one) => one.date === date)!;
  }

  async tell(): Promise<this> {
    const { bench, id } = this;
    const about = (aggregateId: string) => ({ schoolId: id, aggregateId, version: 1 });
    await bench.publish(schoolRecorded, about(id), {
      schoolId: id,
      name: 'Средняя школа № 1',
      kind: 'school',
      timeZone: 'Asia/Yekaterinburg',
      isActive: true,
    });
    await bench.publish(classRecorded, about(this.classId), {
      classId: this.classId,
      title: `${this.gradeLevel}А`,
      gradeLevel: this.gradeLevel,
      kind: 'class',
      homeroomTeacherIds: [this.homeroomTeacher],
      isActive: true,
    });
    await bench.publish(studyGroupRecorded, about(this.groupId), {
      groupId: this.groupId,
      classId: this.classId,
      title: `${this.gradeLevel}А Алгебра`,
      subjectTitle: 'Алгебра',
      subjectCode: null,
      isSubgroup: false,
      teacherIds: [this.teacher],
      sourcedId: `g-${this.groupId}`,
      isActive: true,
    });
    const person = { middleName: null, username: null, email: null, phone: null, isActive: true };
    for (const [personId, givenName] of [
      [this.teacher, 'Анна'],
      [this.homeroomTeacher, 'Вера'],
      [this.stranger, 'Ольга'],
    ] as const) {
      await bench.publish(staffMemberRecorded, about(personId), {
        ...person,
        personId,
        familyName: 'Иванова',
        givenName,
        roles: ['teacher'],
      });
    }
    for (const [i, personId] of this.pupils.entries()) {
      const [familyName, givenName] = this.names[i]!.split(' ') as [string, string];
      await bench.publish(studentRecorded, about(personId), {
        ...person,
        personId,
        familyName,
        givenName,
        birthDate: null,
        sex: null,
        classId: this.classId,
        guardianIds: [],
        enrolments: [
          { groupId: this.classId, from: '2026-09-01', to: null },
          { groupId: this.groupId, from: '2026-09-01', to: null },
        ],
      });
    }
    await bench.publish(thematicPlanRecorded, about(this.groupId), {
      groupId: this.groupId,
      lessons: this.lessons.map((_, i) => ({
        position: i + 1,
        topic: `Тема ${i + 1}`,
        section: null,
        homework: `№ ${i + 1}`,
        isControlWork: false,
      })),
    });
    await this.tellLessons(this.lessons);
    return this;
  }

  async tellLessons(lessons: readonly TestLesson[], version = (this.listVersion += 1)): Promise<void> {
    await this.bench.publish(
      lessonsScheduled,
      { schoolId: this.id, aggregateId: this.groupId, version },
      {
        groupId: this.groupId,
        academicYearId: randomUUID(),
        lessons: lessons.map(({ id, date, number }) => ({
          lessonId: id,
          date,
          lessonNumber: number,
          startsAt: '09:25',
          endsAt: '10:10',
          room: 'каб. 12',
          teacherId: this.teacher,
        })),
      },
    );
  }

  token(role: Role, personId: string | null = null, accountId?: string): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }], {
      accountId,
      name: 'Иванова Анна',
    });
  }
}
