import { Controller } from '@nestjs/common';
import { deleteReport, type ReportId } from '@parta/contracts-reporting';
import type { Done } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { ReportFiles } from '../report-files.js';
import { visibleReports } from '../report.access.js';
import { reportNotFound, reportUnfinished } from '../report.errors.js';

/** Removes a report that has come to its end, and its file. */
@Controller()
export class DeleteReport {
  constructor(
    private readonly database: Database,
    private readonly files: ReportFiles,
  ) {}

  @Handles(deleteReport)
  async execute(@Input() { id }: ReportId, @Caller() actor: Actor): Promise<Done> {
    const found = await this.database.row<{ state: string; fileId: string | null }>(sql`
      select r.state, r.file_id as "fileId" from report_jobs r
      where r.id = ${id} and ${visibleReports(actor)} for update of r`);
    if (!found) throw reportNotFound();
    if (found.state === 'queued' || found.state === 'running') throw reportUnfinished();
    await this.database.run(sql`delete from report_jobs where id = ${id}`);
    const { fileId } = found;
    if (fileId) this.database.afterCommit(() => this.files.forget(fileId));
    return {};
  }
}
