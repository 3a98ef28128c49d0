import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  aClass,
  aSchool,
  aStaffMember,
  aStudent,
  aStudyGroup,
  enrolledIn,
} from '@parta/contracts-contingent/testing';
import { aPeriod, aSchoolYear, lessonsOf, quarters } from '@parta/contracts-curriculum/testing';
import { listDiaryDays, type DiaryDay } from '@parta/contracts-diary';
import type { RecordedMark } from '@parta/contracts-journal';
import { aMark, type Circumstances } from '@parta/contracts-journal/testing';
import type { Grant } from '@parta/platform-rpc';
import {
  eventually,
  startServiceBench,
  tellerOf,
  TestClock,
  type ServiceBench,
  type Tell,
} from '@parta/platform-testing';
import { diaryMigrations, diaryService } from '../src/diary.js';

export const TODAY = '2026-11-20';

/** The service with a school: two pupils of 7А, one of whose mothers looks, and a lesson of algebra today. */
export class DiaryUnderTest {
  readonly schoolId = randomUUID();
  readonly classId = randomUUID();
  readonly groupId = randomUUID();
  readonly teacherId = randomUUID();
  readonly pupil: string = randomUUID();
  readonly classmate: string = randomUUID();
  readonly lessonId = randomUUID();
  readonly circumstances: Circumstances = {
    lessonId: this.lessonId,
    groupId: this.groupId,
    subjectTitle: 'Алгебра',
    date: TODAY,
    lessonNumber: 2,
  };
  readonly mother: Grant = {
    role: 'guardian',
    schoolId: this.schoolId,
    personId: randomUUID(),
    studentIds: [this.pupil],
  };
  readonly clock = new TestClock(new Date('2026-11-20T06:00:00Z'));
  bench: ServiceBench;
  tell: Tell;
  motherToken: string;

  private constructor() {}

  static async start(): Promise<DiaryUnderTest> {
    const diary = new DiaryUnderTest();
    const { clock } = diary;
    diary.bench = await startServiceBench(diaryService(), diaryMigrations, { clock });
    diary.tell = tellerOf(diary.schoolId, diary.bench.publish);
    diary.motherToken = await diary.bench.keys.tokenOf([diary.mother]);
    await diary.tellSchool();
    return diary;
  }

  private async tellSchool(): Promise<void> {
    const { tell, classId, groupId, teacherId } = this;
    await tell(aSchool(this.schoolId));
    await tell(aClass(classId, { homeroomTeacherIds: [teacherId] }));
    await tell(aStudyGroup(groupId, { classId, teacherIds: [teacherId] }));
    await tell(aStaffMember(teacherId));
    for (const personId of [this.pupil, this.classmate])
      await tell(aStudent(personId, { classId, enrolments: enrolledIn([groupId]) }));
    await tell(
      aSchoolYear(randomUUID(), {
        periods: [...quarters(), aPeriod('I полугодие', '2026-09-01', '2026-12-30', { kind: 'half-year' })],
        daysOff: [{ date: '2026-11-04', kind: 'public-holiday', title: 'День народного единства' }],
      }),
    );
    await eventually(async () =>
      expect((await this.bench.admin.query('select 1 from enrolments')).rowCount).toBe(2),
    );
  }

  /** Lays the lesson of today. */
  tellLesson(): Promise<void> {
    const { lessonId, teacherId } = this;
    return this.tell(lessonsOf(this.groupId, [{ lessonId, date: TODAY, room: 'каб. 12', teacherId }]));
  }

  /** A mark of a control work today, unless more is said. */
  tellMark(value: string, more: Partial<RecordedMark> & { date?: string } = {}, version = 1): Promise<void> {
    const controlWork = { workTypeTitle: 'Контрольная работа', weight: 3 };
    const { date = TODAY, markId = randomUUID(), ...rest } = more;
    const where = { ...this.circumstances, date };
    return this.tell(aMark(where, this.pupil, value, { ...controlWork, ...rest, markId, version }), version);
  }

  async day(token = this.motherToken, studentId = this.pupil): Promise<DiaryDay> {
    const range = { studentId, from: TODAY, to: TODAY };
    return (await this.bench.rpc.call(listDiaryDays, range, { token })).days[0]!;
  }

  /** The marks of today's lesson as the mother sees them. */
  async values(): Promise<string[]> {
    return (await this.day()).lessons[0]?.marks.map((one) => one.value) ?? [];
  }

  async stop(): Promise<void> {
    await this.bench.stop();
  }
}
