import { Controller } from '@nestjs/common';
import { listReports, type ListReports, type ReportPage } from '@parta/contracts-reporting';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleReports } from '../report.access.js';
import { reportJson } from '../report-view.js';

const PAGE_SIZE = 20;

/** Reports, the newest first. */
@Controller()
export class ListReportsUseCase {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listReports)
  async execute(@Input() input: ListReports, @Caller() actor: Actor): Promise<ReportPage> {
    const size = input.pageSize ?? PAGE_SIZE;
    const offset = ((input.page ?? 1) - 1) * size;
    const asked = sql.and([visibleReports(actor), ...(input.mine ? [sql`r.ordered_by = ${actor.id}`] : [])]);
    const page = await this.database.row<ReportPage>(sql`
      with visible as materialized (select r.* from report_jobs r where ${asked}),
        page as (select * from visible order by ordered_at desc, id desc limit ${size} offset ${offset})
      select (select count(*)::int from visible) as total,
        coalesce((select json_agg(${reportJson(actor, this.clock.now())} order by r.ordered_at desc, r.id desc)
          from page r), '[]') as reports`);
    return page!;
  }
}
