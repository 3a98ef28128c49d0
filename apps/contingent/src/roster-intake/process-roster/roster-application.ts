import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Outbox } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';
import { Clock, type JobProgress } from '@parta/platform-rpc';
import { ContingentSettings } from '../../contingent.settings.js';
import type { RosterPackage } from '../package/roster-package.js';
import { SchoolProjection } from '../projection/school-projection.js';
import { factActorOf, refusal, RosterJobs, type ClaimedJob, type RosterResult } from '../roster-jobs.js';
import { findDomainIssues } from './domain-checks.js';
import { reasonToPark, type SchoolEnding } from './ending-guard.js';
import { RosterSources, type RosterSource } from './roster-sources.js';
import { affectedSchools, countChanges, mergeIntoSource, type AffectedSchool } from './source-records.js';
import { stage } from './staging.js';
import { todayAt } from '../../schools/class-row.js';
import { isOpenOn } from '../../schools/open-place.js';

const MAX_ERRORS = 1000;
const LOCK_POLL_MS = 250;

/** Undoes the transaction of a package that is not to be applied, and carries what it came to. */
export class NotApplied extends Error {
  constructor(readonly result: RosterResult) {
    super(`the package is ${result.state}`);
  }
}

export interface RosterToApply {
  job: ClaimedJob;
  source: RosterSource;
  pkg: RosterPackage;
  /** rows read by file */
  records: Record<string, number>;
  progress: JobProgress;
}

/**
 * Applies a checked package in one transaction over all its schools: the source's records first, then school by school
 * what they mean, then what has changed as facts, and the end of the job with it.
 */
@Injectable()
export class RosterApplication {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly jobs: RosterJobs,
    private readonly sources: RosterSources,
    private readonly projection: SchoolProjection,
    private readonly settings: ContingentSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws NotApplied when it is refused, parked or a dry run; nothing of it remains then */
  async apply(roster: RosterToApply): Promise<void> {
    // The source stands among the schools, because its records are under row-level security by source.
    await this.database.write({ schools: [roster.source.id] }, () => this.inTransaction(roster));
  }

  private async inTransaction({ job, source, pkg, records, progress }: RosterToApply): Promise<void> {
    const { database } = this;
    const now = this.clock.now();
    // Compiling these statements takes longer than running them, school by school.
    await database.run(sql`select set_config('jit', 'off', true)`);
    await this.lock(source, progress);
    await stage(database, pkg, job.submittedAt, progress.phase(40, 60));
    const losses = await mergeIntoSource(database, source.id, pkg, job.submittedAt, now);
    progress.reached(65);
    const about = { sourceSystem: source.code, records };
    const outcome = { ...about, reason: null, errors: [], errorCount: 0 };

    const found = await findDomainIssues(database, source.id, MAX_ERRORS);
    if (found.issues.length > 0) throw new NotApplied({ ...refusal(found.issues, found.counts), ...about });

    const counts = await countChanges(database);
    const schools = await affectedSchools(database, source.id);
    const active = await this.activeEnrolments(source, now);
    const endings = await this.project(job, source, schools, now, progress.phase(65, 97));
    const ended = endings.reduce((sum, school) => sum + school.ended, 0);
    const reason = reasonToPark({ active, ended }, endings, this.settings.maxEndedShare, losses);
    if (job.isDryRun) {
      const note = reason && `При настоящей загрузке пакет будет остановлен. ${reason}`;
      throw new NotApplied({ ...outcome, counts, state: 'validated', reason: note });
    }
    if (reason && !job.isApproved) throw new NotApplied({ ...outcome, counts, state: 'parked', reason });

    await this.sources.claim(source, job.submitter);
    await this.jobs.finish(job, { ...outcome, counts, state: 'applied' }, this.clock.now());
  }

  /** Two packages of one source would each see half of the other's state. */
  private async lock(source: RosterSource, progress: JobProgress): Promise<void> {
    for (;;) {
      const row = await this.database.row<{ locked: boolean }>(sql`
        select pg_try_advisory_xact_lock(hashtextextended(${`roster:${source.id}`}, 0)) as locked`);
      if (row!.locked) return;
      // Asking instead of waiting in the database: a service that stops must not wait for another's package.
      await delay(LOCK_POLL_MS, undefined, { signal: progress.signal });
    }
  }

  /** Brings each school up to its source's records, and says what has changed. */
  private async project(
    job: ClaimedJob,
    source: RosterSource,
    schools: readonly AffectedSchool[],
    now: Date,
    onShare: (share: number) => void,
  ): Promise<SchoolEnding[]> {
    const endings: SchoolEnding[] = [];
    await this.projection.prepare();
    for (const [index, school] of schools.entries()) {
      this.database.see({ schools: [source.id, school.id] });
      endings.push(await this.projection.project(source.id, school, now, factActorOf(job.submitter)));
      // A region's first roster says some hundred thousand facts; a school's worth at a time is held in memory.
      this.outbox.flush();
      onShare((index + 1) / schools.length);
    }
    return endings;
  }

  /** Open student enrolments of the source's schools. */
  private async activeEnrolments(source: RosterSource, now: Date): Promise<number> {
    const schools = await this.database.rows<{ id: string }>(
      sql`select school_id as id from school_directory where source_id = ${source.id}`,
    );
    // A package brings schools that did not exist when it began.
    this.database.see({ schools: [source.id, ...schools.map(({ id }) => id)] });
    const row = await this.database.row<{ active: number }>(sql`
      select count(*)::int as active
      from enrolments e join schools s using (school_id)
      where ${isOpenOn('e', todayAt(now))}`);
    return row!.active;
  }
}
