import { Readable } from 'node:stream';
import { curriculumMigrations, curriculumService } from '@parta/curriculum';
import { diaryMigrations, diaryService } from '@parta/diary';
import { journalMigrations, journalService } from '@parta/journal';
import { FileStore, UPLOADS } from '@parta/platform-messaging';
import { startService, type RunningService } from '@parta/platform-rpc';
import { eventually, openTestBed, publishFact, TestClock, type TestBed } from '@parta/platform-testing';
import { reportingMigrations, reportingService } from '@parta/reporting';
import { REPORT_FILES } from '@parta/contracts-reporting';

const SETS = [curriculumMigrations, journalMigrations, diaryMigrations, reportingMigrations];

/** Curriculum, journal, diary and reporting together, on a clock that stands where a test puts it. */
export class BedInTime {
  readonly clock: TestClock;
  uploads: FileStore;
  reports: FileStore;
  private readonly running: RunningService[] = [];

  private constructor(
    readonly bed: TestBed,
    now: string,
  ) {
    this.clock = new TestClock(new Date(now));
  }

  static async open(now: string): Promise<BedInTime> {
    const opened = new BedInTime(await openTestBed(SETS), now);
    const { bed, clock } = opened;
    for (const definition of [curriculumService(), journalService(), diaryService(), reportingService()])
      opened.running.push(await startService(definition, { ...bed.surroundingsOf(definition.name), clock }));
    opened.uploads = await FileStore.open(bed.bus, UPLOADS.bucket, UPLOADS.keepDays);
    opened.reports = await FileStore.open(bed.bus, REPORT_FILES.bucket, REPORT_FILES.keepDays);
    return opened;
  }

  readonly publish: (...told: Tail<Parameters<typeof publishFact>>) => Promise<void> = (fact, about, data) =>
    publishFact(this.bed.bus, fact, { occurredAt: this.clock.now(), ...about }, data);

  /** Stores a file as the gateway does. */
  async upload(text: string): Promise<{ uploadId: string; sha256: string; size: number }> {
    const { id, sha256, size } = await this.uploads.put(Readable.from([Buffer.from(text)]), 1_000_000);
    return { uploadId: id, sha256, size };
  }

  /** Waits until every fact has been published and handled; a parked one is an error. */
  async settled(): Promise<void> {
    const { admin, bus } = this.bed;
    const counted = (table: string, where: string) =>
      SETS.map(({ service }) => `select count(*) from "${service}".${table} where ${where}`).join(
        ' union all ',
      );
    await eventually(
      async () => {
        const { rows } = await admin.query<{ unpublished: number; parked: number }>(`select
          (select sum(count)::int from (${counted('outbox', 'published_at is null')}) a) as unpublished,
          (select sum(count)::int from (${counted('parked_facts', 'true')}) b) as parked`);
        const { unpublished, parked } = rows[0]!;
        if (parked > 0) throw new Error(`${parked} facts are parked`);
        let left = unpublished;
        for (const service of ['contingent', 'curriculum', 'journal'])
          for await (const consumer of bus.manager.consumers.list(await bus.ensureStream(service)))
            left += consumer.num_pending + consumer.num_ack_pending;
        if (left > 0) throw new Error(`${left} facts on their way`);
      },
      { timeoutMs: 30_000, intervalMs: 20 },
    );
  }

  async close(): Promise<void> {
    for (const service of this.running) await service.stop();
    await this.bed.close();
  }
}

type Tail<List extends unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never;
