import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cancelReport, deleteReport, downloadReport } from '@parta/contracts-reporting';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { ReportJobs } from '../src/jobs/report-jobs.js';
import { ReportsUnderTest } from './reports-under-test.js';
import type { TestSchool } from './school-builder.js';

describe('reports in the making, and after', () => {
  let reports: ReportsUnderTest;
  let bench: ServiceBench;
  let files: ReportsUnderTest['files'];
  let school: TestSchool;
  let teacher: string;

  const order: ReportsUnderTest['order'] = (...asked) => reports.order(...asked);
  const ended: ReportsUnderTest['ended'] = (...asked) => reports.ended(...asked);
  const get: ReportsUnderTest['get'] = (...asked) => reports.get(...asked);
  const journalOf = (groupId: string) => reports.journalOf(groupId);

  beforeAll(async () => {
    reports = await ReportsUnderTest.start();
    ({ bench, files, school, teacher } = reports);
  }, 60_000);

  afterAll(() => reports?.stop(), 30_000);

  describe('the queue', () => {
    /** A report that a worker of another process holds. */
    const inDeadHands = async (): Promise<string> => {
      const { id } = await order(journalOf(school.algebra), teacher);
      await ended(id, teacher);
      await bench.admin.query(
        `update report_jobs set state = 'running', progress = 40, finished_at = null, file_id = null where id = $1`,
        [id],
      );
      await bench.admin.query(
        `insert into report_queue (job_id, school_id, queued_at, attempts, lease_token, lease_until)
          values ($1, $2, now(), 1, $3, now() + interval '1 hour')`,
        [id, school.id, randomUUID()],
      );
      return id;
    };

    it('takes up the report of a process that has died, once its lease is over', async () => {
      const id = await inDeadHands();
      expect(await bench.service.get(ReportJobs).claim(randomUUID())).toBeNull();
      await bench.admin.query(
        `update report_queue set lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({ state: 'done' });
      const { rows } = await bench.admin.query('select 1 from report_queue where job_id = $1', [id]);
      expect(rows).toEqual([]);
    });

    it('lets a report that brings its workers down fail', async () => {
      const id = await inDeadHands();
      await bench.admin.query(
        `update report_queue set attempts = 3, lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({
        state: 'failed',
        errorCode: 'reporting.report-failed',
      });
    });

    it('cancels what is not made yet, and its worker can record nothing more', async () => {
      const id = await inDeadHands();
      const { rows } = await bench.admin.query('select lease_token from report_queue where job_id = $1', [
        id,
      ]);
      await bench.rpc.call(cancelReport, { id }, { token: teacher });
      expect(await get(id, teacher)).toMatchObject({ state: 'cancelled' });
      const jobs = bench.service.get(ReportJobs);
      const claim = { id, schoolId: school.id, token: rows[0].lease_token as string } as never;
      expect(await jobs.heartbeat(claim, 50)).toBe(false);
      const file = { id: randomUUID(), size: 1, sha256: '', name: 'x.xlsx' };
      expect(await jobs.finish(claim, file, new Date())).toBe(false);
      expect(await get(id, teacher)).toMatchObject({ state: 'cancelled' });
      await expect(bench.rpc.call(cancelReport, { id }, { token: teacher })).rejects.toMatchObject({
        code: 'reporting.report-finished',
      });
    });

    it('says why a report cannot be made', async () => {
      const id = await inDeadHands();
      await bench.admin.query(
        `update report_jobs set from_date = '2026-10-02', to_date = '2026-10-03' where id = $1`,
        [id],
      );
      await bench.admin.query(
        `update report_queue set lease_until = now() - interval '1 second' where job_id = $1`,
        [id],
      );
      expect(await ended(id, teacher)).toMatchObject({
        state: 'failed',
        errorCode: 'reporting.nothing-to-print',
      });
      await expect(bench.rpc.call(downloadReport, { id }, { token: teacher })).rejects.toMatchObject({
        code: 'reporting.report-unfinished',
      });
    });
  });

  it('keeps the file for a week, and removes it at once when asked', async () => {
    const [first, second] = [
      await order(journalOf(school.algebra), teacher),
      await order(journalOf(school.algebra), teacher),
    ];
    for (const { id } of [first, second]) await ended(id, teacher);
    const { fileId } = await bench.rpc.call(downloadReport, { id: first.id }, { token: teacher });
    await bench.rpc.call(deleteReport, { id: first.id }, { token: teacher });
    await expect(get(first.id, teacher)).rejects.toMatchObject({ code: 'reporting.report-not-found' });
    await eventually(async () => expect(await files.read(fileId)).toBeNull());
    reports.clock.set('2026-11-27T06:00:01Z');
    try {
      expect(await get(second.id, teacher)).toMatchObject({ state: 'expired' });
      await expect(
        bench.rpc.call(downloadReport, { id: second.id }, { token: teacher }),
      ).rejects.toMatchObject({
        code: 'reporting.file-expired',
        kind: 'gone',
      });
    } finally {
      reports.clock.set('2026-11-20T06:00:00Z');
    }
  });
});
