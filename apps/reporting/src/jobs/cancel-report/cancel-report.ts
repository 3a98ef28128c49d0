import { Controller } from '@nestjs/common';
import { cancelReport, type ReportId, type ReportRef } from '@parta/contracts-reporting';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleReports } from '../report.access.js';
import { reportFinished, reportNotFound } from '../report.errors.js';

/** Takes a report out of the queue; a worker that is making it notices at its next sign of life. */
@Controller()
export class CancelReport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(cancelReport)
  async execute(@Input() { id }: ReportId, @Caller() actor: Actor): Promise<ReportRef> {
    const found = await this.database.row<{ state: string }>(
      sql`select r.state from report_jobs r where r.id = ${id} and ${visibleReports(actor)} for update of r`,
    );
    if (!found) throw reportNotFound();
    if (found.state !== 'queued' && found.state !== 'running') throw reportFinished();
    await this.database.run(
      sql`update report_jobs set state = 'cancelled', finished_at = ${this.clock.now()} where id = ${id}`,
    );
    await this.database.run(sql`delete from report_queue where job_id = ${id}`);
    return { id, state: 'cancelled' };
  }
}
