import { Controller } from '@nestjs/common';
import { downloadReport, REPORT_FILES, type ReportId, type ReportState } from '@parta/contracts-reporting';
import type { StoredFileRef } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleReports } from '../report.access.js';
import { reportNotFound, reportUnfinished } from '../report.errors.js';
import { stateAt } from '../report-view.js';

/** Names the file of a finished report; the gateway sends it. */
@Controller()
export class DownloadReport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(downloadReport)
  async execute(@Input() { id }: ReportId, @Caller() actor: Actor): Promise<StoredFileRef> {
    const found = await this.database.row<{
      state: ReportState;
      fileId: string;
      name: string;
      size: string;
    }>(sql`
      select ${stateAt(this.clock.now())} as state, r.file_id as "fileId", r.file_name as name, r.size
      from report_jobs r where r.id = ${id} and ${visibleReports(actor)}`);
    if (!found) throw reportNotFound();
    if (found.state === 'expired')
      throw new DomainError('gone', 'reporting.file-expired', 'the file is not kept any more');
    if (found.state !== 'done') throw reportUnfinished();
    const { fileId, name, size } = found;
    return { fileId, name, size: Number(size), contentType: REPORT_FILES.contentType };
  }
}
