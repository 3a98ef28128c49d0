import { Controller } from '@nestjs/common';
import { listRosterJobs, type ListRosterJobs, type RosterJobPage } from '@parta/contracts-contingent';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleTo } from '../roster-job.access.js';
import { instant } from '../../sql-text.js';

const PAGE_SIZE = 20;

/** Packages, the newest first (R202). */
@Controller()
export class ListRosterJobsUseCase {
  constructor(private readonly database: Database) {}

  @Handles(listRosterJobs)
  async list(@Input() input: ListRosterJobs, @Caller() actor: Actor): Promise<RosterJobPage> {
    const size = input.pageSize ?? PAGE_SIZE;
    const offset = ((input.page ?? 1) - 1) * size;
    const asked = sql.and([visibleTo(actor), ...(input.state ? [sql`state = ${input.state}`] : [])]);
    const page = await this.database.row<RosterJobPage>(sql`
      with page as (
        select * from roster_jobs where ${asked} order by submitted_at desc, id desc limit ${size} offset ${offset}
      )
      select (select count(*)::int from roster_jobs where ${asked}) as total,
        coalesce(json_agg(json_build_object(
          'id', id, 'state', state, 'progress', progress, 'dryRun', is_dry_run, 'sourceSystem', source_system,
          'submittedBy', submitter_name, 'submittedAt', ${instant('submitted_at')},
          'finishedAt', ${instant('finished_at')}, 'size', size, 'errorCount', error_count,
          'totals', (
            select json_build_object(
              'created', sum((e.value ->> 'created')::int), 'updated', sum((e.value ->> 'updated')::int),
              'unchanged', sum((e.value ->> 'unchanged')::int), 'ended', sum((e.value ->> 'ended')::int),
              'rejected', sum((e.value ->> 'rejected')::int))
            from jsonb_each(counts) e)
        ) order by submitted_at desc, id desc), '[]') as jobs
      from page`);
    return page!;
  }
}
