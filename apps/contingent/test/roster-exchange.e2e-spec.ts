import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  decideParkedRoster,
  getClass,
  getRosterJob,
  listClasses,
  listRosterJobs,
  listSchools,
  submitRoster,
  type RosterJobView,
} from '@parta/contracts-contingent';
import { RpcClient } from '@parta/platform-rpc';
import { eventually } from '@parta/platform-testing';
import { PackageBuilder } from '../src/roster-intake/package/testing/package-builder.js';
import { DEMO_PACKAGE, Intake } from './intake.js';
import { bulkOf } from './rosters.js';

jest.setTimeout(60_000);

const SCOPES = ['roster.write', 'roster.read', 'roster.decide'];

describe('the roster exchange over NATS', () => {
  let intake: Intake;
  let rpc: RpcClient;
  let kontingent: string;
  let another: string;
  let operator: string;
  let teacher: string;

  beforeAll(async () => {
    intake = await Intake.open();
    rpc = new RpcClient(intake.bus.nats);
    kontingent = await intake.keys.clientToken('kontingent', SCOPES);
    another = await intake.keys.clientToken('another', SCOPES);
    operator = await intake.keys.tokenOf([{ role: 'regional-operator', schoolId: null, personId: null }]);
    teacher = await intake.keys.tokenOf([
      { role: 'teacher', schoolId: crypto.randomUUID(), personId: crypto.randomUUID() },
    ]);
  }, 60_000);
  afterAll(async () => {
    await intake?.stop();
    // The next spec's consumers must not hear of this one's schools.
    await intake?.bus.manager.streams.delete('EVT_contingent');
    await intake?.close();
  });

  const submit = async (
    packet: string | PackageBuilder,
    token: string,
    idempotencyKey: string | null = null,
  ) => rpc.call(submitRoster, await intake.store(packet), { token, idempotencyKey });
  const settled = (id: string, token: string): Promise<RosterJobView> =>
    eventually(
      async () => {
        const job = await rpc.call(getRosterJob, { id }, { token });
        if (['queued', 'running'].includes(job.state)) throw new Error(`${job.state} ${job.progress} %`);
        return job;
      },
      { timeoutMs: 45_000, describe: 'the package to be processed' },
    );

  it('answers a bad payload with the fields that are wrong', async () => {
    await expect(
      rpc.call(submitRoster, { uploadId: 'x', sha256: 'ABC', size: -1, force: true }, { token: kontingent }),
    ).rejects.toMatchObject({
      code: 'request.invalid',
      fields: expect.arrayContaining([
        expect.objectContaining({ field: 'uploadId', code: 'format' }),
        expect.objectContaining({ field: 'sha256' }),
        expect.objectContaining({ field: 'size', code: 'too-small' }),
        expect.objectContaining({ field: 'force', code: 'unknown-field' }),
      ]),
    });
    await expect(rpc.call(getClass, { classId: 5 }, { token: teacher })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });

  it('refuses whoever has no part in it', async () => {
    const reader = await intake.keys.clientToken('kontingent', ['roster.read']);
    const director = await intake.keys.tokenOf([
      { role: 'director', schoolId: crypto.randomUUID(), personId: null },
    ]);
    for (const token of [reader, director, teacher])
      await expect(submit(new PackageBuilder(), token)).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(rpc.call(listRosterJobs, {}, { token: director })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(rpc.call(listRosterJobs, {})).rejects.toMatchObject({ code: 'access.unauthenticated' });
    await expect(rpc.call(listClasses, {}, { token: kontingent })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });

  it('takes a package from submission to facts on the stream', async () => {
    const { id, state } = await submit(DEMO_PACKAGE, kontingent);
    expect(state).toBe('queued');
    expect(await settled(id, kontingent)).toMatchObject({ state: 'applied', submittedBy: 'kontingent' });
    const { schools } = await rpc.call(listSchools, {}, { token: operator });
    expect(schools).toHaveLength(3);
    await eventually(
      async () => {
        let facts = 0;
        for (const { schoolId } of schools) {
          const { state: stream } = await intake.bus.manager.streams.info('EVT_contingent', {
            subjects_filter: `evt.contingent.*.*.v1.${schoolId}`,
          });
          facts += Object.values(stream.subjects ?? {}).reduce((sum, count) => sum + count, 0);
        }
        expect(facts).toBe(2695);
      },
      { timeoutMs: 20_000, describe: 'all facts to reach the stream' },
    );
    const secretary = await intake.keys.tokenOf([
      { role: 'secretary', schoolId: schools[0]!.schoolId, personId: null },
    ]);
    const { classes } = await rpc.call(listClasses, {}, { token: secretary });
    expect(classes).toHaveLength(schools[0]!.classes);
    const view = await rpc.call(getClass, { classId: classes[0]!.classId }, { token: secretary });
    expect(view.list).toHaveLength(classes[0]!.students);
    await expect(
      rpc.call(listSchools, {}, { token: secretary, school: schools[1]!.schoolId }),
    ).rejects.toMatchObject({ code: 'access.another-school' });
  });

  it('answers with the same job when a package is sent again under its Idempotency-Key', async () => {
    const key = `key-${crypto.randomUUID()}`;
    const first = await submit(new PackageBuilder(), kontingent, key);
    expect(await submit(new PackageBuilder(), kontingent, key)).toEqual(first);
    await settled(first.id, kontingent);
    await expect(submit(new PackageBuilder().only('orgs'), kontingent, key)).rejects.toMatchObject({
      code: 'request.idempotency-key-reused',
    });
    const other = await submit(new PackageBuilder(), another, key);
    expect(other.id).not.toBe(first.id);
    await settled(other.id, another);
  });

  it('shows a system its own jobs, and a regional operator all', async () => {
    const mine = await rpc.call(listRosterJobs, {}, { token: kontingent });
    const theirs = await rpc.call(listRosterJobs, {}, { token: another });
    const all = await rpc.call(listRosterJobs, { pageSize: 2 }, { token: operator });
    expect(mine.total).toBe(2);
    expect(theirs.total).toBe(1);
    expect(all.total).toBe(3);
    expect(all.jobs).toHaveLength(2);
    expect(all.jobs[0]).toMatchObject({ submittedBy: 'another', state: 'refused', errorCount: 1 });
    expect(mine.jobs.at(-1)).toMatchObject({ state: 'applied', totals: { created: 18_422, ended: 0 } });
    const { id } = mine.jobs[0]!;
    const decision = { id, decision: 'apply', reason: 'x' } as const;
    const refusals = await Promise.allSettled([
      rpc.call(getRosterJob, { id }, { token: another }),
      rpc.call(decideParkedRoster, decision, { token: another }),
      rpc.call(getRosterJob, { id: crypto.randomUUID() }, { token: operator }),
    ]);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        status: 'rejected',
        reason: { code: 'contingent.roster-job-not-found' },
      });
  });

  it('lets a person decide about a parked package', async () => {
    const { enrollments } = {
      enrollments: [
        {
          sourcedId: 'enrollment-2',
          classSourcedId: 'class',
          schoolSourcedId: 'school',
          userSourcedId: 'teacher',
          role: 'teacher',
          primary: 'true',
        },
      ],
    };
    const { id } = await submit(bulkOf({ enrollments }), kontingent);
    expect(await settled(id, kontingent)).toMatchObject({ state: 'parked' });
    const parked = await rpc.call(listRosterJobs, { state: 'parked' }, { token: operator });
    expect(parked.jobs.map((job) => job.id)).toEqual([id]);
    const decision = { id, decision: 'apply', reason: 'выпуск' } as const;
    expect(await rpc.call(decideParkedRoster, decision, { token: operator })).toEqual({
      id,
      state: 'queued',
    });
    expect(await settled(id, operator)).toMatchObject({
      state: 'applied',
      counts: { enrollments: { ended: 1 } },
    });
    await expect(rpc.call(decideParkedRoster, decision, { token: operator })).rejects.toMatchObject({
      code: 'contingent.roster-not-parked',
      details: { state: 'applied' },
    });
  });
});
