import { Controller } from '@nestjs/common';
import { getRosterJob, type RosterJobId, type RosterJobView } from '@parta/contracts-contingent';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleTo } from '../roster-job.access.js';
import { instant } from '../../sql-text.js';

/** State, counts and errors of one package (R202). */
@Controller()
export class GetRosterJobUseCase {
  constructor(private readonly database: Database) {}

  /** @throws NotFound `contingent.roster-job-not-found`, also for another system's job */
  @Handles(getRosterJob)
  async get(@Input() input: RosterJobId, @Caller() actor: Actor): Promise<RosterJobView> {
    const job = await this.database.row<RosterJobView>(sql`
      select id, state, progress, is_dry_run as "dryRun", source_system as "sourceSystem",
        submitter_name as "submittedBy", ${instant('submitted_at')} as "submittedAt",
        ${instant('finished_at')} as "finishedAt", sha256, size::int as size, counts, records, reason,
        error_count as "errorCount",
        coalesce((
          select json_agg(json_build_object('file', e.file, 'row', e.row_number, 'field', e.field, 'code', e.code,
            'message', e.message) order by e.position)
          from roster_job_errors e where e.job_id = j.id), '[]') as errors
      from roster_jobs j where id = ${input.id} and ${visibleTo(actor)}`);
    if (!job) throw new NotFound('contingent.roster-job-not-found', `no roster job ${input.id}`);
    return job;
  }
}
