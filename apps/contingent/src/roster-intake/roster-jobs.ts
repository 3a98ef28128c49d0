import { Injectable } from '@nestjs/common';
import type { RosterCounts, RosterState } from '@parta/contracts-contingent';
import type { FactActor } from '@parta/platform-contract';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { LEASE_SECONDS, type JobClaim, type JobQueue } from '@parta/platform-rpc';
import type { RosterIssue } from './package/roster-package.js';
import { noCounts, type RosterEntity } from './roster-counts.js';

/** Attempts after which a package that brings its worker down is refused. */
export const MAX_ATTEMPTS = 5;

/** A package in a worker's hands. */
export interface ClaimedJob extends JobClaim {
  uploadId: string;
  sha256: string;
  isDryRun: boolean;
  /** a person has decided that it is applied whatever it ends */
  isApproved: boolean;
  attempts: number;
  submittedAt: Date;
  submitter: { kind: 'account' | 'client'; id: string; name: string };
}

/** How the processing of a package ended. */
export interface RosterResult {
  state: Extract<RosterState, 'validated' | 'applied' | 'parked' | 'refused'>;
  sourceSystem: string | null;
  counts: RosterCounts;
  records: Record<string, number>;
  reason: string | null;
  errors: readonly RosterIssue[];
  errorCount: number;
}

/** The queue of roster packages. Those of one submitter are taken in their order, those of several side by side. */
@Injectable()
export class RosterJobs implements JobQueue<ClaimedJob> {
  constructor(private readonly database: Database) {}

  /**
   * How many packages of a submitter wait or are under way; within the caller's unit of work, which no other of the same
   * submitter passes meanwhile.
   */
  async countOpen(submitterId: string): Promise<number> {
    await this.database.run(
      sql`select pg_advisory_xact_lock(hashtextextended(${`roster-jobs:${submitterId}`}, 0))`,
    );
    const counted = await this.database.row<{ open: number }>(sql`
      select count(*)::int as open from roster_jobs
      where submitter_id = ${submitterId} and state in ('queued', 'running')`);
    return counted!.open;
  }

  /** Records a package to be processed; within the caller's unit of work. */
  async enqueue(job: {
    id: string;
    uploadId: string;
    sha256: string;
    size: number;
    isDryRun: boolean;
    submitter: ClaimedJob['submitter'];
    correlationId: string;
    submittedAt: Date;
  }): Promise<void> {
    const { submitter } = job;
    await this.database.run(sql`
      insert into roster_jobs (id, state, is_dry_run, upload_id, sha256, size, submitter_kind, submitter_id,
        submitter_name, correlation_id, submitted_at, counts)
      values (${job.id}, 'queued', ${job.isDryRun}, ${job.uploadId}, ${job.sha256}, ${job.size}, ${submitter.kind},
        ${submitter.id}, ${submitter.name}, ${job.correlationId}, ${job.submittedAt}, ${JSON.stringify(noCounts())})`);
  }

  /**
   * Takes the next job: one that waits, or one whose worker has died. A later package of a submitter waits for the
   * earlier ones, because a roster is a sequence of states.
   * @returns null when there is nothing to do now
   */
  async claim(token: string): Promise<ClaimedJob | null> {
    const job = await this.database.write(NO_SCHOOL, () =>
      this.database.row<Omit<ClaimedJob, 'submitter'> & Record<'kind' | 'by' | 'name', string>>(sql`
        update roster_jobs set state = 'running', progress = 0, attempts = attempts + 1, lease_token = ${token},
          lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        where id = (
          select j.id from roster_jobs j
          where (j.state = 'queued' and j.run_after <= now() or j.state = 'running' and j.lease_until < now())
            and not exists (
              select 1 from roster_jobs earlier
              where earlier.submitter_id = j.submitter_id and earlier.state in ('queued', 'running')
                and (earlier.submitted_at, earlier.id) < (j.submitted_at, j.id))
          order by j.submitted_at, j.id limit 1 for update of j skip locked)
        returning id, lease_token as token, upload_id as "uploadId", sha256, is_dry_run as "isDryRun",
          coalesce(decision = 'apply', false) as "isApproved", attempts, submitter_kind as kind, submitter_id as by,
          submitter_name as name, correlation_id as "correlationId", submitted_at as "submittedAt"`),
    );
    if (!job) return null;
    const { kind, by, name, ...rest } = job;
    return { ...rest, submitter: { kind: kind as 'account' | 'client', id: by, name } };
  }

  /**
   * A sign of life with the progress (percent).
   * @returns false when the claim is lost: another worker has the job
   */
  async heartbeat(job: ClaimedJob, progress: number): Promise<boolean> {
    const touched = await this.database.write(NO_SCHOOL, () =>
      this.database.run(sql`
        update roster_jobs set progress = ${progress}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        where ${held(job)}`),
    );
    return touched === 1;
  }

  /**
   * Records the end of the processing, within the caller's unit of work: a package is applied and its job finished in
   * one transaction.
   * @throws Error when the claim is lost, so that the transaction is undone
   */
  async finish(job: ClaimedJob, result: RosterResult, now: Date): Promise<void> {
    const touched = await this.database.run(sql`
      update roster_jobs set state = ${result.state}, progress = 100, source_system = ${result.sourceSystem},
        counts = ${JSON.stringify(result.counts)}, records = ${JSON.stringify(result.records)},
        reason = ${result.reason}, error_count = ${result.errorCount}, lease_token = null, lease_until = null,
        finished_at = ${result.state === 'parked' ? null : now}
      where ${held(job)}`);
    if (touched !== 1) throw new Error(`the claim on roster job ${job.id} is lost`);
    await this.database.run(sql`delete from roster_job_errors where job_id = ${job.id}`);
    if (result.errors.length === 0) return;
    await this.database.run(sql`
      insert into roster_job_errors (job_id, position, file, row_number, field, code, message)
      select ${job.id}, e.position, left(e.file, 255), e.row, left(e.field, 255), e.code, left(e.message, 1000)
      from rows from (jsonb_to_recordset(${JSON.stringify(result.errors)}::jsonb)
        as (file text, row int, field text, code text, message text)) with ordinality
        as e(file, row, field, code, message, position)`);
  }

  /**
   * Gives a job back to the queue.
   * @param after seconds until the next attempt
   * @param isCounted false when the job is not to blame (the database is away, the service stops)
   */
  async release(job: ClaimedJob, after: number, isCounted: boolean): Promise<void> {
    await this.database.write(NO_SCHOOL, () =>
      this.database.run(sql`
        update roster_jobs set state = 'queued', progress = 0, lease_token = null, lease_until = null,
          attempts = attempts - ${isCounted ? 0 : 1}, run_after = now() + make_interval(secs => ${after})
        where ${held(job)}`),
    );
  }
}

const held = (job: ClaimedJob) => sql`id = ${job.id} and state = 'running' and lease_token = ${job.token}`;

/** The submitter, as kept with the facts that a package makes true. */
export function factActorOf(submitter: ClaimedJob['submitter']): FactActor {
  return {
    accountId: submitter.kind === 'account' ? submitter.id : null,
    personId: null,
    role: submitter.kind === 'client' ? 'regional-system' : 'regional-operator',
    name: submitter.name,
  };
}

/**
 * A package that is refused with these errors.
 * @param byEntity how many there are of each kind of record
 * @param errorCount of all, if more than are kept
 */
export function refusal(
  errors: readonly RosterIssue[],
  byEntity: Partial<Record<RosterEntity, number>> = {},
  errorCount = Math.max(
    errors.length,
    Object.values(byEntity).reduce((sum, count) => sum + count, 0),
  ),
): RosterResult {
  const counts = noCounts();
  for (const [entity, count] of Object.entries(byEntity)) counts[entity as RosterEntity].rejected = count;
  return {
    state: 'refused',
    sourceSystem: null,
    counts,
    records: {},
    reason: `Пакет не принят: ошибок — ${errorCount}. Исправьте их и отправьте пакет заново.`,
    errors,
    errorCount,
  };
}
