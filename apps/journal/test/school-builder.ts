import { randomUUID } from 'node:crypto';
import {
  aClass,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  enrolledIn,
  named,
} from '@parta/contracts-contingent/testing';
import { aThematicPlan, lessonsOf } from '@parta/contracts-curriculum/testing';
import type { Role } from '@parta/platform-contract';
import { tellerOf, type ServiceBench, type Tell } from '@parta/platform-testing';

export interface TestLesson {
  id: string;
  date: string;
  number: number;
  /** whoever stands in for the group’s own teacher */
  teacherId?: string;
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
  private readonly say: Tell;
  private listVersion = 0;

  /** @param dates of the lessons, YYYY-MM-DD; each is the second lesson of its day, 09:25–10:10 */
  constructor(
    private readonly bench: ServiceBench,
    dates: readonly string[],
    private readonly gradeLevel = 7,
  ) {
    this.say = tellerOf(this.id, bench.publish);
    this.lessons = dates.map((date) => ({ id: randomUUID(), date, number: 2 }));
  }

  lesson(date: string): TestLesson {
    return this.lessons.find((one) => one.date === date)!;
  }

  async tell(): Promise<this> {
    const { id, classId, groupId, gradeLevel, say } = this;
    const title = `${gradeLevel}А`;
    await say(aSchool(id));
    await say(aClass(classId, { title, gradeLevel, homeroomTeacherIds: [this.homeroomTeacher] }));
    await say(aStudyGroup(groupId, { classId, title: `${title} Алгебра`, teacherIds: [this.teacher] }));
    await say(aStaffMember(this.teacher));
    await say(aStaffMember(this.homeroomTeacher, { givenName: 'Вера' }));
    await say(aStaffMember(this.stranger, { givenName: 'Ольга' }));
    for (const [i, pupil] of this.pupils.entries()) {
      const enrolments = enrolledIn([classId, groupId]);
      await say(aStudent(pupil, { ...named(this.names[i]!), classId, enrolments }));
    }
    await say(
      aThematicPlan(
        groupId,
        this.lessons.map((_, i) => ({ topic: `Тема ${i + 1}`, homework: `№ ${i + 1}` })),
      ),
    );
    await this.tellLessons(this.lessons);
    return this;
  }

  tellLessons(lessons: readonly TestLesson[], version = (this.listVersion += 1)): Promise<void> {
    const { teacher: teacherId, groupId } = this;
    const told = lessons.map(({ id, date, number, teacherId: standsIn }) => ({
      lessonId: id,
      date,
      lessonNumber: number,
      room: 'каб. 12',
      teacherId: standsIn ?? teacherId,
    }));
    return this.say(lessonsOf(groupId, told), version);
  }

  token(role: Role, personId: string | null = null, accountId?: string): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }], {
      accountId,
      name: 'Иванова Анна',
    });
  }
}
