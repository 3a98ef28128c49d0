import { Readable } from 'node:stream';
import { expect } from '@jest/globals';
import { submitTimetable, type LessonsScheduledV1, type TimetableReport } from '@parta/contracts-curriculum';
import { FileStore, UPLOADS, type StoredFile } from '@parta/platform-messaging';
import { eventually, startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import { curriculumMigrations, curriculumService } from '../src/curriculum.js';
import { TestSchool } from './school-builder.js';

const HEADER = 'schoolSourcedId,classSourcedId,weekday,lessonNumber,room';

/** The service with one school, on a Saturday in the second quarter. */
export class CurriculumUnderTest {
  readonly clock = new TestClock(new Date('2026-11-21T09:00:00Z'));
  bench: ServiceBench;
  school: TestSchool;
  private files: FileStore;
  private region: string;

  private constructor() {}

  static async start(): Promise<CurriculumUnderTest> {
    const curriculum = new CurriculumUnderTest();
    const { clock } = curriculum;
    const bench = (curriculum.bench = await startServiceBench(curriculumService(), curriculumMigrations, {
      clock,
    }));
    curriculum.files = await FileStore.open(bench.bus, UPLOADS.bucket, UPLOADS.keepDays);
    curriculum.region = await bench.keys.clientToken('region', ['timetable.write']);
    curriculum.school = await new TestSchool(bench).tell();
    await eventually(async () =>
      expect((await bench.admin.query('select 1 from study_groups')).rowCount).toBe(3),
    );
    return curriculum;
  }

  /** Stores a file as the gateway does. */
  async upload(content: Buffer): Promise<{ uploadId: string } & Pick<StoredFile, 'sha256' | 'size'>> {
    const { id, sha256, size } = await this.files.put(Readable.from([content]), 1_000_000);
    return { uploadId: id, sha256, size };
  }

  /** Sends a timetable; as the regional system unless another token is given. */
  async submit(
    lines: string[],
    {
      dryRun,
      confirmedRemovals,
      token = this.region,
      header = HEADER,
    }: { dryRun?: boolean; confirmedRemovals?: number; token?: string; header?: string } = {},
  ): Promise<TimetableReport> {
    const file = await this.upload(Buffer.from([header, ...lines].join('\r\n')));
    return this.bench.rpc.call(
      submitTimetable,
      {
        ...file,
        ...(dryRun !== undefined && { dryRun }),
        ...(confirmedRemovals !== undefined && { confirmedRemovals }),
      },
      { token },
    );
  }

  /** The school's timetable: algebra on Monday and Wednesday, English for both subgroups on Monday. */
  week(): string[] {
    const { algebra, english1, english2 } = this.school;
    return [
      `s1,${algebra.sourcedId},1,1,каб. 12`,
      `s1,${algebra.sourcedId},3,2,каб. 12`,
      `s1,${english1.sourcedId},1,2,каб. 20`,
      `s1,${english2.sourcedId},1,2,каб. 21`,
    ];
  }

  /** What the bus was told last of a group's lessons. */
  async scheduled(groupId: string): Promise<LessonsScheduledV1> {
    const { rows } = await this.bench.admin.query(
      `select envelope from outbox where envelope::jsonb->>'type' = 'curriculum.lessons.scheduled.v1' or subject like '%study-group-lessons%'
       order by position desc`,
    );
    const found = rows
      .map((row) => JSON.parse(row.envelope as string))
      .find((envelope) => envelope.aggregateId === groupId);
    return found.data as LessonsScheduledV1;
  }

  async stop(): Promise<void> {
    await this.bench.stop();
  }
}
