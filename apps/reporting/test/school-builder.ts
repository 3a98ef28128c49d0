import { randomUUID } from 'node:crypto';
import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, schoolYearRecorded } from '@parta/contracts-curriculum';
import { attendanceRecorded, lessonDescribed, markRecorded } from '@parta/contracts-journal';
import type { Fact, Role } from '@parta/platform-contract';
import type { ServiceBench } from '@parta/platform-testing';

export interface TestPupil {
  id: string;
  name: string;
  from?: string;
  to?: string | null;
}

interface TestMark {
  value: string;
  weight?: number;
  isAnnulled?: boolean;
  markId?: string;
  version?: number;
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

  constructor(
    private readonly bench: Pick<ServiceBench, 'publish' | 'keys'>,
    readonly name = 'Средняя школа № 1',
  ) {}

  pupil(name: string): TestPupil {
    return this.pupils.find((one) => one.name.startsWith(name))!;
  }

  lesson(groupId: string, date: string): { id: string; date: string } {
    return this.lessons.get(groupId)!.find((one) => one.date === date)!;
  }

  say<D extends object>(fact: Fact<D>, aggregateId: string, data: D, version = 1): Promise<void> {
    return this.bench.publish(fact, { schoolId: this.id, aggregateId, version }, data);
  }

  async tell(): Promise<this> {
    const { staff } = this;
    await this.say(schoolRecorded, this.id, {
      schoolId: this.id,
      name: this.name,
      kind: 'school',
      timeZone: 'Asia/Yekaterinburg',
      isActive: true,
    });
    const period = (i: 0 | 1, title: string, startDate: string, endDate: string) => ({
      periodId: this.quarters[i],
      title,
      kind: 'quarter',
      startDate,
      endDate,
    });
    await this.say(schoolYearRecorded, this.yearId, {
      academicYearId: this.yearId,
      title: '2026/2027 учебный год',
      startDate: '2026-09-01',
      endDate: '2027-05-31',
      periods: [
        period(0, 'I четверть', '2026-09-01', '2026-10-24'),
        period(1, 'II четверть', '2026-11-02', '2026-12-30'),
      ],
      daysOff: [],
      transfers: [],
      bells: [],
    });
    for (const [classId, title, teacher] of [
      [this.classId, '7А', staff.homeroom],
      [this.otherClassId, '7Б', staff.other],
    ] as const) {
      await this.say(classRecorded, classId, {
        classId,
        title,
        gradeLevel: 7,
        kind: 'class',
        homeroomTeacherIds: [teacher],
        isActive: true,
      });
    }
    for (const [groupId, classId, title, subjectTitle, teacher] of [
      [this.algebra, this.classId, '7А Алгебра', 'Алгебра', staff.algebra],
      [this.history, this.classId, '7А История', 'История', staff.history],
      [this.otherAlgebra, this.otherClassId, '7Б Алгебра', 'Алгебра', staff.other],
    ] as const) {
      await this.say(studyGroupRecorded, groupId, {
        groupId,
        classId,
        title,
        subjectTitle,
        subjectCode: null,
        isSubgroup: false,
        teacherIds: [teacher],
        sourcedId: groupId,
        isActive: true,
      });
    }
    for (const [personId, familyName, roles] of [
      [staff.director, 'Директорова', ['director']],
      [staff.algebra, 'Алгебраева', ['teacher']],
      [staff.history, 'Историева', ['teacher']],
      [staff.homeroom, 'Классная', ['teacher']],
      [staff.other, 'Чужая', ['teacher']],
    ] as const) {
      await this.say(staffMemberRecorded, personId, {
        ...PERSON,
        personId,
        familyName,
        givenName: 'Анна',
        middleName: 'Петровна',
        roles: [...roles],
      });
    }
    for (const pupil of this.pupils) await this.tellPupil(pupil);
    return this;
  }

  tellPupil({ id, name, from = '2026-09-01', to = null }: TestPupil, version = 1): Promise<void> {
    const [familyName, givenName] = name.split(' ') as [string, string];
    return this.say(
      studentRecorded,
      id,
      {
        ...PERSON,
        personId: id,
        familyName,
        givenName,
        birthDate: null,
        sex: null,
        classId: this.classId,
        guardianIds: [],
        enrolments: [this.classId, this.algebra, this.history].map((groupId) => ({ groupId, from, to })),
      },
      version,
    );
  }

  async tellLessons(groupId: string, dates: readonly string[], version = 1): Promise<void> {
    const known = this.lessons.get(groupId) ?? [];
    const lessons = dates.map((date) => known.find((one) => one.date === date) ?? { id: randomUUID(), date });
    this.lessons.set(groupId, [...known.filter((one) => !lessons.includes(one)), ...lessons]);
    await this.say(
      lessonsScheduled,
      groupId,
      {
        groupId,
        academicYearId: this.yearId,
        lessons: lessons.map(({ id, date }) => ({
          lessonId: id,
          date,
          lessonNumber: 2,
          startsAt: '09:25',
          endsAt: '10:10',
          room: null,
          teacherId: null,
        })),
      },
      version,
    );
  }

  describe(
    groupId: string,
    date: string,
    topic: string | null,
    homework: {
      text?: string;
      noHomework?: boolean;
      individual?: { studentId: string; text: string }[];
    } = {},
    version = 1,
  ): Promise<void> {
    const about = this.about(groupId, date);
    return this.say(
      lessonDescribed,
      about.lessonId,
      {
        ...about,
        topic,
        homework: {
          text: homework.text ?? null,
          noHomework: homework.noHomework ?? false,
          dueDate: null,
          individual: homework.individual ?? [],
        },
        commentForFamilies: null,
      },
      version,
    );
  }

  mark(
    groupId: string,
    date: string,
    pupil: string,
    { value, weight = 1, ...more }: TestMark,
  ): Promise<void> {
    const markId = more.markId ?? randomUUID();
    return this.say(
      markRecorded,
      markId,
      {
        ...this.about(groupId, date),
        markId,
        studentId: this.pupil(pupil).id,
        value,
        numericValue: Number(value),
        workTypeTitle: 'Ответ на уроке',
        weight,
        comment: null,
        previousValue: null,
        isAnnulled: more.isAnnulled ?? false,
      },
      more.version ?? 1,
    );
  }

  miss(
    groupId: string,
    date: string,
    pupil: string,
    code: string | null,
    cellId: string = randomUUID(),
    version = 1,
  ) {
    return this.say(
      attendanceRecorded,
      cellId,
      {
        ...this.about(groupId, date),
        studentId: this.pupil(pupil).id,
        code,
        minutesLate: null,
        reason: null,
      },
      version,
    );
  }

  token(role: Role, personId: string | null = null, accountId?: string): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }], {
      accountId,
      name: 'Алгебраева Анна',
    });
  }

  private about(groupId: string, date: string) {
    return {
      lessonId: this.lesson(groupId, date).id,
      groupId,
      subjectTitle: groupId === this.history ? 'История' : 'Алгебра',
      date,
      lessonNumber: 2,
    };
  }
}

const PERSON = { middleName: null, username: null, email: null, phone: null, isActive: true };
