import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { eventually } from '@parta/platform-testing';
import { DEMO_PACKAGE, Intake } from '../../../test/intake.js';
import { deltaOf } from '../../../test/rosters.js';
import { PackageBuilder } from '../package/testing/package-builder.js';
import { MAX_ATTEMPTS, refusal, RosterJobs } from '../roster-jobs.js';

jest.setTimeout(60_000);

describe('the roster worker', () => {
  let intake: Intake;

  beforeEach(async () => {
    intake = await Intake.open({ config: { maxEndedShare: 1 } });
  }, 60_000);
  afterEach(() => intake?.close());

  /** Submits while no worker looks, so that the job is still in the queue. */
  const queue = async (packet: PackageBuilder): Promise<string> => {
    // A claim that is alive keeps every later package of its submitter waiting.
    const blocking = await intake.submit(new PackageBuilder());
    await intake.settled(blocking);
    await intake.admin.query(
      `update roster_jobs set state = 'running', lease_token = $2, lease_until = now() + interval '1 hour' where id = $1`,
      [blocking, crypto.randomUUID()],
    );
    const id = await intake.submit(packet);
    await intake.admin.query(`update roster_jobs set run_after = 'infinity' where id = $1`, [id]);
    await intake.admin.query(`update roster_jobs set state = 'applied', lease_token = null where id = $1`, [
      blocking,
    ]);
    return id;
  };

  it('takes up the job of a process that has died, once its lease is over', async () => {
    const id = await queue(new PackageBuilder());
    await intake.admin.query(
      `update roster_jobs set state = 'running', lease_token = $2, lease_until = now() + interval '1 hour', attempts = 1,
        run_after = now() where id = $1`,
      [id, crypto.randomUUID()],
    );
    const jobs = intake.service!.get(RosterJobs);
    expect(await jobs.claim(crypto.randomUUID())).toBeNull();
    await intake.admin.query(
      `update roster_jobs set lease_until = now() - interval '1 second' where id = $1`,
      [id],
    );
    expect(await intake.settled(id)).toMatchObject({ state: 'applied' });
  });

  it('undoes what a worker applies after it has lost its claim', async () => {
    const id = await queue(new PackageBuilder());
    await intake.admin.query(`update roster_jobs set run_after = now() where id = $1`, [id]);
    const jobs = intake.service!.get(RosterJobs);
    const database = intake.service!.get(Database);
    const job = await eventually(async () => {
      const { rows } = await intake.admin.query(`select state from roster_jobs where id = $1`, [id]);
      if (rows[0].state !== 'applied') throw new Error(rows[0].state as string);
      return { id, token: crypto.randomUUID() } as never;
    });
    expect(await jobs.heartbeat(job, 50)).toBe(false);
    await expect(database.write(NO_SCHOOL, () => jobs.finish(job, refusal([]), new Date()))).rejects.toThrow(
      /claim .* is lost/,
    );
    expect(await intake.settled(id)).toMatchObject({ state: 'applied' });
  });

  it('gives its job back when the service stops, and the next start applies it', async () => {
    const id = await intake.submit(DEMO_PACKAGE);
    await eventually(async () => {
      const { rows } = await intake.admin.query(
        `select progress from roster_jobs where id = $1 and state = 'running'`,
        [id],
      );
      expect(rows[0]?.progress).toBeGreaterThanOrEqual(40);
    });
    await intake.stop();
    const { rows } = await intake.admin.query(
      `select state, attempts, lease_token from roster_jobs where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ state: 'queued', attempts: 0, lease_token: null }]);
    expect(await intake.countOf('source_records')).toBe(0);
    await intake.start();
    expect(await intake.settled(id)).toMatchObject({ state: 'applied' });
  }, 60_000);

  it('applies one submitter’s packages in their order', async () => {
    await intake.expectPush('applied', new PackageBuilder());
    const rename = (familyName: string) =>
      intake.submit(
        deltaOf({
          users: [
            { sourcedId: 'mother', enabledUser: 'true', username: 'mother', givenName: 'Анна', familyName },
          ],
        }),
      );
    const ids = [];
    for (const name of ['Первая', 'Вторая', 'Третья', 'Четвёртая']) ids.push(await rename(name));
    for (const id of ids) expect(await intake.settled(id)).toMatchObject({ state: 'applied' });
    const facts = await intake.factsSince(0);
    const names = facts
      .filter(({ type }) => type.includes('guardian'))
      .map(({ data }) => (data as { familyName: string }).familyName);
    expect(names).toEqual(['Котова', 'Первая', 'Вторая', 'Третья', 'Четвёртая']);
  });

  it('refuses a package whose file is gone, or is not the one that was sent', async () => {
    const sent = await intake.store(new PackageBuilder());
    const gone = await intake.enqueue({ ...sent, uploadId: crypto.randomUUID() });
    expect(await intake.settled(gone)).toMatchObject({
      state: 'refused',
      errors: [{ code: 'package.upload_missing' }],
    });
    const other = await intake.enqueue({ ...sent, sha256: '0'.repeat(64) });
    expect(await intake.settled(other)).toMatchObject({
      state: 'refused',
      errors: [{ code: 'package.checksum_mismatch' }],
    });
  });

  it('refuses a package that has brought its workers down again and again', async () => {
    const id = await queue(new PackageBuilder());
    await intake.admin.query(`update roster_jobs set attempts = $2, run_after = now() where id = $1`, [
      id,
      MAX_ATTEMPTS,
    ]);
    expect(await intake.settled(id)).toMatchObject({
      state: 'refused',
      errors: [{ code: 'package.processing_failed' }],
    });
  });
});
