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
import { aSchoolYear, lessonsOf, quarters } from '@parta/contracts-curriculum/testing';
import type { RecordedMark } from '@parta/contracts-journal';
import { aDescription, aMark, anAttendance, type Circumstances } from '@parta/contracts-journal/testing';
import type { Role } from '@parta/platform-contract';
import { tellerOf, type ServiceBench, type Tell } from '@parta/platform-testing';

export interface TestPupil {
  id: string;
  name: string;
  from?: string;
  to?: string | null;
}

/** A school as contingent, curriculum and journal would tell of it: two classes, algebra and history. */
export class TestSchool {
  readonly id = randomUUID();
  readonly classId = randomUUID();
  readonly otherClassId = randomUUID();
  readonly algebra = randomUUID();
  readonly history = randomUUID();
  readonly otherAlgebra = randomUUID();
  readonly yearId = randomUUID();
  readonly quarters = [randomUUID(), randomUUID()] as const;
  readonly staff = {
    director: randomUUID(),
    algebra: randomUUID(),
    history: randomUUID(),
    homeroom: randomUUID(),
    other: randomUUID(),
  };
  readonly pupils: TestPupil[] = ['Жуков Иван', 'Ёлкина Яна', 'Абрамов Пётр', 'Егоров Олег'].map((name) => ({
    id: randomUUID(),
    name,
  }));
  readonly lessons = new Map<string, { id: string; date: string }[]>();

  readonly say: Tell;

  constructor(
    private readonly bench: Pick<ServiceBench, 'publish' | 'keys'>,
    readonly name = 'Средняя школа № 1',
  ) {
    this.say = tellerOf(this.id, bench.publish);
  }

  pupil(name: string): TestPupil {
    return this.pupils.find((one) => one.name.startsWith(name))!;
  }

  lesson(groupId: string, date: string): { id: string; date: string } {
    return this.lessons.get(groupId)!.find((one) => one.date === date)!;
  }

  async tell(): Promise<this> {
    const { say, staff, classId, otherClassId } = this;
    await say(aSchool(this.id, { name: this.name }));
    await say(aSchoolYear(this.yearId, { periods: quarters(this.quarters) }));
    await say(aClass(classId, { homeroomTeacherIds: [staff.homeroom] }));
    await say(aClass(otherClassId, { title: '7Б', homeroomTeacherIds: [staff.other] }));
    for (const [groupId, group] of [
      [this.algebra, { classId, teacherIds: [staff.algebra] }],
      [this.history, { classId, title: '7А История', subjectTitle: 'История', teacherIds: [staff.history] }],
      [this.otherAlgebra, { classId: otherClassId, title: '7Б Алгебра', teacherIds: [staff.other] }],
    ] as const) {
      await say(aStudyGroup(groupId, { ...group, teacherIds: [...group.teacherIds] }));
    }
    for (const [personId, familyName, role] of [
      [staff.director, 'Директорова', 'director'],
      [staff.algebra, 'Алгебраева', 'teacher'],
      [staff.history, 'Историева', 'teacher'],
      [staff.homeroom, 'Классная', 'teacher'],
      [staff.other, 'Чужая', 'teacher'],
    ] as const) {
      await say(aStaffMember(personId, { familyName, middleName: 'Петровна', roles: [role] }));
    }
    for (const pupil of this.pupils) await this.tellPupil(pupil);
    return this;
  }

  tellPupil({ id, name, from, to }: TestPupil, version = 1): Promise<void> {
    const { classId, algebra, history } = this;
    const enrolments = enrolledIn([classId, algebra, history], from, to);
    return this.say(aStudent(id, { ...named(name), classId, enrolments }), version);
  }

  async tellLessons(groupId: string, dates: readonly string[], version = 1): Promise<void> {
    const known = this.lessons.get(groupId) ?? [];
    const lessons = dates.map((date) => known.find((one) => one.date === date) ?? { id: randomUUID(), date });
    this.lessons.set(groupId, [...known.filter((one) => !lessons.includes(one)), ...lessons]);
    const told = lessons.map(({ id, date }) => ({ lessonId: id, date }));
    await this.say(lessonsOf(groupId, told, this.yearId), version);
  }

  describe(
    groupId: string,
    date: string,
    topic: string | null,
    homework: NonNullable<Parameters<typeof aDescription>[1]>['homework'] = {},
    version = 1,
  ): Promise<void> {
    return this.say(aDescription(this.about(groupId, date), { topic, homework }), version);
  }

  mark(
    groupId: string,
    date: string,
    pupil: string,
    { value, ...more }: Partial<RecordedMark> & { value: string },
  ): Promise<void> {
    return this.say(aMark(this.about(groupId, date), this.pupil(pupil).id, value, more), more.version);
  }

  miss(
    groupId: string,
    date: string,
    pupil: string,
    code: string | null,
    cellId?: string,
    version?: number,
  ): Promise<void> {
    return this.say(
      anAttendance(this.about(groupId, date), this.pupil(pupil).id, code, { cellId, version }),
      version,
    );
  }

  token(role: Role, personId: string | null = null, accountId?: string): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }], {
      accountId,
      name: 'Алгебраева Анна',
    });
  }

  private about(groupId: string, date: string): Circumstances {
    return {
      lessonId: this.lesson(groupId, date).id,
      groupId,
      subjectTitle: groupId === this.history ? 'История' : 'Алгебра',
      date,
      lessonNumber: 2,
    };
  }
}
