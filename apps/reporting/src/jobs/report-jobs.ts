import { Injectable } from '@nestjs/common';
import { REPORT_FILES, type ReportKind } from '@parta/contracts-reporting';
import type { StoredFile } from '@parta/platform-messaging';
import { Database, NO_SCHOOL, sql, type TenantScope } from '@parta/platform-persistence';
import { LEASE_SECONDS, type JobClaim, type JobQueue } from '@parta/platform-rpc';

/** Attempts after which a report that brings its worker down fails. */
export const MAX_ATTEMPTS = 3;
/** Reports stay in the list for this long, their files far shorter. */
const KEEP_IN_LIST = '1 year';
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReportOrder {
  id: string;
  schoolId: string;
  kind: ReportKind;
  groupId: string | null;
  classId: string | null;
  title: string;
  periodTitle: string | null;
  from: string;
  to: string;
  orderedBy: string;
  orderedByName: string;
  orderedAt: Date;
  correlationId: string;
}

/** A report in a worker's hands. */
export interface ClaimedReport extends JobClaim {
  schoolId: string;
  attempts: number;
  kind: ReportKind;
  groupId: string | null;
  classId: string | null;
  title: string;
  periodTitle: string | null;
  from: string;
  to: string;
}

/**
 * The reports and their queue. The queue holds ids alone and no school's data, so a worker can look across the schools;
 * everything else is read and written under the row-level security of the report's school.
 */
@Injectable()
export class ReportJobs implements JobQueue<ClaimedReport> {
  constructor(private readonly database: Database) {}

  /** How many reports of this account are not made yet; within the caller's unit of work. */
  async waitingOf(accountId: string): Promise<number> {
    const row = await this.database.row<{ count: number }>(sql`
      select count(*)::int as count from report_jobs where ordered_by = ${accountId} and state in ('queued', 'running')`);
    return row!.count;
  }

  /** Records an order; within the caller's unit of work. */
  async enqueue(order: ReportOrder): Promise<void> {
    await this.database.run(sql`
      insert into report_jobs (school_id, id, kind, group_id, class_id, title, period_title, from_date, to_date, state, ordered_by,
        ordered_by_name, ordered_at, correlation_id)
      values (${order.schoolId}, ${order.id}, ${order.kind}, ${order.groupId}, ${order.classId}, ${order.title},
        ${order.periodTitle}, ${order.from}, ${order.to}, 'queued', ${order.orderedBy}, ${order.orderedByName},
        ${order.orderedAt}, ${order.correlationId})`);
    await this.database.run(sql`
      insert into report_queue (job_id, school_id, queued_at) values (${order.id}, ${order.schoolId}, ${order.orderedAt})`);
    await this.database.run(sql`
      delete from report_jobs where school_id = ${order.schoolId} and ordered_at < ${order.orderedAt}::timestamptz - ${KEEP_IN_LIST}::interval
        and state not in ('queued', 'running')`);
  }

  /**
   * Takes the next report: one that waits, or one whose worker has died.
   * @returns null when there is nothing to do now
   */
  async claim(token: string): Promise<ClaimedReport | null> {
    const taken = await this.database.write(NO_SCHOOL, () =>
      this.database.row<{ id: string; schoolId: string; attempts: number }>(sql`
        update report_queue set attempts = attempts + 1, lease_token = ${token},
          lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        where job_id = (
          select job_id from report_queue where run_after <= now() and (lease_until is null or lease_until < now())
          order by queued_at, job_id limit 1 for update skip locked)
        returning job_id as id, school_id as "schoolId", attempts`),
    );
    if (!taken) return null;
    const claimed = { ...taken, token };
    return this.database.write(scopeOf(taken), () =>
      this.database.row<ClaimedReport>(sql`
        update report_jobs r set state = 'running', progress = 0 where ${held(claimed)}
        returning id, school_id as "schoolId", ${token} as token, ${taken.attempts}::int as attempts, kind, group_id as "groupId",
          class_id as "classId", title, period_title as "periodTitle", to_char(from_date, 'YYYY-MM-DD') as "from",
          to_char(to_date, 'YYYY-MM-DD') as "to", correlation_id as "correlationId"`),
    );
  }

  /**
   * A sign of life with the progress (percent).
   * @returns false when the claim is lost: the report was cancelled, or another worker has it
   */
  async heartbeat(job: ClaimedReport, progress: number): Promise<boolean> {
    return this.database.write(scopeOf(job), async () => {
      const touched = await this.database.run(
        sql`update report_jobs r set progress = greatest(progress, ${progress}::int) where ${held(job)}`,
      );
      await this.database.run(sql`
        update report_queue set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
        where job_id = ${job.id} and lease_token = ${job.token}`);
      return touched === 1;
    });
  }

  /**
   * Records that the report is made.
   * @returns false when the claim is lost; nothing is recorded then
   */
  finish(job: ClaimedReport, file: StoredFile & { name: string }, now: Date): Promise<boolean> {
    const expiresAt = new Date(now.getTime() + REPORT_FILES.keepDays * DAY_MS);
    return this.conclude(
      job,
      sql`state = 'done', progress = 100, finished_at = ${now}, expires_at = ${expiresAt}, file_id = ${file.id},
        file_name = ${file.name}, size = ${file.size}`,
    );
  }

  /** Records why the report cannot be made. */
  fail(job: ClaimedReport, errorCode: string, now: Date): Promise<boolean> {
    return this.conclude(job, sql`state = 'failed', finished_at = ${now}, error_code = ${errorCode}`);
  }

  private conclude(job: ClaimedReport, changes: ReturnType<typeof sql>): Promise<boolean> {
    return this.database.write(scopeOf(job), async () => {
      const touched = await this.database.run(sql`update report_jobs r set ${changes} where ${held(job)}`);
      await this.database.run(
        sql`delete from report_queue where job_id = ${job.id} and lease_token = ${job.token}`,
      );
      return touched === 1;
    });
  }

  /**
   * Gives a report back to the queue.
   * @param after seconds until the next attempt
   * @param isCounted false when the report is not to blame (the database is away, the service stops)
   */
  async release(job: ClaimedReport, after: number, isCounted: boolean): Promise<void> {
    await this.database.write(scopeOf(job), async () => {
      await this.database.run(
        sql`update report_jobs r set state = 'queued', progress = 0 where ${held(job)}`,
      );
      await this.database.run(sql`
        update report_queue set lease_token = null, lease_until = null, attempts = attempts - ${isCounted ? 0 : 1},
          run_after = now() + make_interval(secs => ${after}) where job_id = ${job.id} and lease_token = ${job.token}`);
    });
  }
}

const scopeOf = ({ schoolId }: { schoolId: string }): TenantScope => ({ schools: [schoolId] });

/** The report (alias `r`), as long as the claim on it holds. */
const held = (job: { id: string; schoolId: string; token: string }) => sql`
  r.school_id = ${job.schoolId} and r.id = ${job.id} and r.state in ('queued', 'running') and exists (
    select 1 from report_queue q where q.job_id = r.id and q.lease_token = ${job.token})`;
