import { Injectable } from '@nestjs/common';
import { Database } from '@parta/platform-persistence';
import { Clock, type JobProgress } from '@parta/platform-rpc';
import { classJournal } from '../../class-journal/class-journal.query.js';
import { classJournalWorkbook } from '../../class-journal/class-journal.workbook.js';
import { classProgress } from '../../class-progress/class-progress.query.js';
import { classProgressWorkbook } from '../../class-progress/class-progress.workbook.js';
import { ReportFiles } from '../report-files.js';
import { ReportJobs, type ClaimedReport } from '../report-jobs.js';
import { fileNameOf } from './file-name.js';

/**
 * One report between the queue and its end: read in one short transaction under its school's row-level security, laid
 * out without one, stored, recorded.
 */
@Injectable()
export class MakeReport {
  constructor(
    private readonly database: Database,
    private readonly jobs: ReportJobs,
    private readonly files: ReportFiles,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError when it cannot be made; anything else when it may go better another time */
  async make(job: ClaimedReport, progress: JobProgress): Promise<void> {
    const content = await (job.kind === 'class-subject-journal'
      ? this.journal(job, progress)
      : this.progressReport(job, progress));
    await progress.paused(85);
    const stored = await this.files.put(content);
    progress.percent = 95;
    const isRecorded = await this.jobs.finish(job, { ...stored, name: fileNameOf(job) }, this.clock.now());
    if (!isRecorded) this.files.forget(stored.id);
  }

  private async journal(job: ClaimedReport, progress: JobProgress): Promise<Buffer> {
    const journal = await this.database.read({ schools: [job.schoolId] }, () =>
      classJournal(this.database, { ...job, groupId: job.groupId! }),
    );
    await progress.paused(20);
    return classJournalWorkbook(journal, job, this.clock.now(), (share) => progress.paused(20 + 50 * share));
  }

  private async progressReport(job: ClaimedReport, progress: JobProgress): Promise<Buffer> {
    const report = await this.database.read({ schools: [job.schoolId] }, () =>
      classProgress(this.database, { ...job, classId: job.classId! }),
    );
    await progress.paused(30);
    return classProgressWorkbook(report, job, this.clock.now());
  }
}
