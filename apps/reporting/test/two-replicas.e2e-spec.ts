import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REPORT_FILES } from '@parta/contracts-reporting';
import { startService, type RunningService } from '@parta/platform-rpc';
import { reportingService } from '../src/reporting.js';
import { ReportsUnderTest } from './reports-under-test.js';

const REPORTS = 6;

describe('two replicas of reporting', () => {
  let reports: ReportsUnderTest;
  let other: RunningService;

  beforeAll(async () => {
    reports = await ReportsUnderTest.start();
    const { database, bus, keys } = reports.bench;
    other = await startService(reportingService(), {
      databaseUrl: database.urls.reporting!.runtime,
      natsUrl: bus.nats.getServer(),
      tokenKeys: keys.keySet,
      clock: reports.clock,
    });
  }, 60_000);

  afterAll(async () => {
    await other?.stop();
    await reports?.stop();
  }, 30_000);

  const filesMade = async (): Promise<number> => {
    const subject = `$O.${REPORT_FILES.bucket}.M.>`;
    const { streams } = reports.bench.bus.manager;
    const { state } = await streams.info(`OBJ_${REPORT_FILES.bucket}`, { subjects_filter: subject });
    return Object.keys(state.subjects ?? {}).length;
  };

  it('make each report once, whichever takes it', async () => {
    const before = await filesMade();
    const { teacher, school } = reports;
    const ordered = await Promise.all(
      Array.from({ length: REPORTS }, () => reports.order(reports.journalOf(school.algebra), teacher)),
    );
    for (const { id } of ordered)
      expect(await reports.ended(id, teacher)).toMatchObject({ state: 'done', progress: 100 });
    expect(await filesMade()).toBe(before + REPORTS);
  });
});
