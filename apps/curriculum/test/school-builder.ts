import { randomUUID } from 'node:crypto';
import {
  academicYearRecorded,
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import type { ServiceBench } from '@parta/platform-testing';

/** A small school as contingent would tell of it: class 7А with algebra, and English in two subgroups. */
export class TestSchool {
  readonly id = randomUUID();
  readonly yearId = randomUUID();
  readonly classId = randomUUID();
  readonly teacher = randomUUID();
  readonly otherTeacher = randomUUID();
  readonly algebra = { id: randomUUID(), sourcedId: `alg-${randomUUID()}` };
  readonly english1 = { id: randomUUID(), sourcedId: `en1-${randomUUID()}` };
  readonly english2 = { id: randomUUID(), sourcedId: `en2-${randomUUID()}` };

  constructor(private readonly bench: ServiceBench) {}

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
    await bench.publish(academicYearRecorded, about(this.yearId), {
      academicYearId: this.yearId,
      title: '2026/2027 учебный год',
      startDate: '2026-09-01',
      endDate: '2027-05-31',
      periods: [
        {
          periodId: randomUUID(),
          title: 'I четверть',
          kind: 'quarter',
          startDate: '2026-09-01',
          endDate: '2026-10-24',
          parentId: null,
        },
        {
          periodId: randomUUID(),
          title: 'II четверть',
          kind: 'quarter',
          startDate: '2026-11-02',
          endDate: '2026-12-30',
          parentId: null,
        },
      ],
    });
    await bench.publish(classRecorded, about(this.classId), {
      classId: this.classId,
      title: '7А',
      gradeLevel: 7,
      kind: 'class',
      homeroomTeacherIds: [this.teacher],
      isActive: true,
    });
    for (const [person, name] of [
      [this.teacher, 'Анна'],
      [this.otherTeacher, 'Вера'],
    ] as const) {
      await bench.publish(staffMemberRecorded, about(person), {
        personId: person,
        familyName: 'Иванова',
        givenName: name,
        middleName: 'Петровна',
        username: null,
        email: null,
        phone: null,
        isActive: true,
        roles: ['teacher'],
      });
    }
    await this.tellGroup(this.algebra, 'Алгебра', false, this.teacher);
    await this.tellGroup(this.english1, 'Английский язык', true, this.teacher);
    await this.tellGroup(this.english2, 'Английский язык', true, this.otherTeacher);
    return this;
  }

  async tellGroup(
    group: { id: string; sourcedId: string },
    subject: string,
    isSubgroup: boolean,
    teacher: string,
    version = 1,
    isActive = true,
  ): Promise<void> {
    await this.bench.publish(
      studyGroupRecorded,
      { schoolId: this.id, aggregateId: group.id, version },
      {
        groupId: group.id,
        classId: this.classId,
        title: `7А ${subject}`,
        subjectTitle: subject,
        subjectCode: null,
        isSubgroup,
        teacherIds: [teacher],
        sourcedId: group.sourcedId,
        isActive,
      },
    );
  }

  token(role: 'teacher' | 'deputy-head' | 'administrator', personId: string | null = null): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }]);
  }
}
