import { randomUUID } from 'node:crypto';
import {
  aClass,
  anAcademicYear,
  aSchool,
  aStaffMember,
  aStudyGroup,
} from '@parta/contracts-contingent/testing';
import type { AcademicYearRecordedV1 } from '@parta/contracts-contingent';
import { tellerOf, type ServiceBench, type Tell } from '@parta/platform-testing';

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

  private readonly say: Tell;

  constructor(
    private readonly bench: ServiceBench,
    readonly sourcedId = 's1',
  ) {
    this.say = tellerOf(this.id, bench.publish);
  }

  async tell(): Promise<this> {
    const { say, teacher, otherTeacher } = this;
    await say(aSchool(this.id, { sourcedId: this.sourcedId }));
    await say(anAcademicYear(this.yearId));
    await say(aClass(this.classId, { homeroomTeacherIds: [teacher] }));
    await say(aStaffMember(teacher));
    await say(aStaffMember(otherTeacher, { givenName: 'Вера' }));
    await this.tellGroup(this.algebra, 'Алгебра', false, teacher);
    await this.tellGroup(this.english1, 'Английский язык', true, teacher);
    await this.tellGroup(this.english2, 'Английский язык', true, otherTeacher);
    return this;
  }

  tellYear(yearId: string, more: Partial<AcademicYearRecordedV1>, version = 1): Promise<void> {
    return this.say(anAcademicYear(yearId, more), version);
  }

  tellGroup(
    group: { id: string; sourcedId: string },
    subject: string,
    isSubgroup: boolean,
    teacher: string,
    version = 1,
    isActive = true,
  ): Promise<void> {
    return this.say(
      aStudyGroup(group.id, {
        classId: this.classId,
        title: `7А ${subject}`,
        subjectTitle: subject,
        isSubgroup,
        teacherIds: [teacher],
        sourcedId: group.sourcedId,
        isActive,
      }),
      version,
    );
  }

  token(role: 'teacher' | 'deputy-head' | 'administrator', personId: string | null = null): Promise<string> {
    return this.bench.keys.tokenOf([{ role, schoolId: this.id, personId }]);
  }
}
