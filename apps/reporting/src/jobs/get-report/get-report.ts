import { Controller } from '@nestjs/common';
import { getReport, type ReportId, type ReportView } from '@parta/contracts-reporting';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleReports } from '../report.access.js';
import { reportNotFound } from '../report.errors.js';
import { reportJson } from '../report-view.js';

/** State and progress of one report. */
@Controller()
export class GetReport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(getReport)
  async execute(@Input() { id }: ReportId, @Caller() actor: Actor): Promise<ReportView> {
    const found = await this.database.row<{ report: ReportView }>(sql`
      select ${reportJson(actor, this.clock.now())} as report from report_jobs r where r.id = ${id} and ${visibleReports(actor)}`);
    if (!found) throw reportNotFound();
    return found.report;
  }
}
