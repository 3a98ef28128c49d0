import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Bus, FileStore, UPLOADS } from '@parta/platform-messaging';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Clock, type JobProgress } from '@parta/platform-rpc';
import { checkRosterPackage, type RosterIssue } from '../package/roster-package.js';
import { MAX_ATTEMPTS, refusal, RosterJobs, type ClaimedJob, type RosterResult } from '../roster-jobs.js';
import { isRosterEntity, type RosterEntity } from '../roster-counts.js';
import { NotApplied, RosterApplication } from './roster-application.js';
import { RosterSources, type RosterSource } from './roster-sources.js';

/** Errors kept of one package. */
const MAX_ERRORS = 1000;

/** What happens to one package between the queue and its end (R202, R85): fetched, checked, applied or refused as a whole. */
@Injectable()
export class ProcessRoster {
  private files: Promise<FileStore> | undefined;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly jobs: RosterJobs,
    private readonly sources: RosterSources,
    private readonly application: RosterApplication,
    private readonly clock: Clock,
  ) {}

  /** @throws whatever keeps it from an end; the job then goes back to the queue */
  async process(job: ClaimedJob, progress: JobProgress): Promise<void> {
    if (job.attempts > MAX_ATTEMPTS) {
      await this.conclude(
        job,
        refusal([
          wholePackage(
            'package.processing_failed',
            `Пакет не удалось обработать за ${MAX_ATTEMPTS} попыток. Сообщите администратору системы номер задания.`,
          ),
        ]),
      );
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'parta-roster-'));
    try {
      const result = await this.inFolder(folder, job, progress);
      if (result) await this.conclude(job, result);
      else await this.forget(job);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** @returns null when the package is applied, and its job finished with it */
  private async inFolder(
    folder: string,
    job: ClaimedJob,
    progress: JobProgress,
  ): Promise<RosterResult | null> {
    const path = join(folder, 'package.zip');
    const trouble = await this.fetch(job, path);
    if (trouble) return refusal([trouble]);
    progress.reached(5);

    let source: RosterSource | undefined;
    const check = await checkRosterPackage(path, {
      maxIssues: MAX_ERRORS,
      onManifest: async (named) => {
        source = await this.sources.of(named, job.submitter);
      },
      knownTarget: (file, ids) => this.sources.known(source!, file, ids),
      // How many rows there will be is not known yet; half of what is left is the best guess that never goes back.
      onProgress: (rows) => progress.reached(5 + (35 * rows) / (rows + 20_000)),
    });
    const records = Object.fromEntries(Object.entries(check.counts).filter(([, count]) => count > 0));
    const about = { sourceSystem: source?.code ?? null, records };
    const foreign = source && this.sources.foreign(source, job.submitter);
    if (foreign) return { ...refusal([foreign]), ...about };
    if (!check.package) {
      const counts: Partial<Record<RosterEntity, number>> = {};
      for (const { file, count } of check.groups) {
        const entity = file.replace(/\.csv$/, '');
        if (isRosterEntity(entity)) counts[entity] = (counts[entity] ?? 0) + count;
      }
      return { ...refusal(check.issues, counts, check.issueCount), ...about };
    }
    progress.reached(40);
    try {
      await this.application.apply({ job, source: source!, pkg: check.package, records, progress });
      return null;
    } catch (error) {
      if (!(error instanceof NotApplied)) throw error;
      return { ...error.result, ...about };
    }
  }

  /** The issue when the file is not there or is not what was sent. */
  private async fetch(job: ClaimedJob, path: string): Promise<RosterIssue | null> {
    const files = await (this.files ??= FileStore.open(this.bus, UPLOADS.bucket, UPLOADS.keepDays).catch(
      (error: unknown) => {
        this.files = undefined;
        throw error;
      },
    ));
    if (!(await files.download(job.uploadId, path))) {
      return wholePackage(
        'package.upload_missing',
        'Файл пакета больше не хранится. Отправьте пакет ещё раз.',
      );
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    if (hash.digest('hex') === job.sha256) return null;
    return wholePackage('package.checksum_mismatch', 'Файл повреждён при передаче. Отправьте пакет ещё раз.');
  }

  private async conclude(job: ClaimedJob, result: RosterResult): Promise<void> {
    await this.database.write(NO_SCHOOL, () => this.jobs.finish(job, result, this.clock.now()));
    if (result.state !== 'parked') await this.forget(job);
  }

  private async forget(job: ClaimedJob): Promise<void> {
    await (await this.files)?.delete(job.uploadId);
  }
}

const wholePackage = (code: string, message: string): RosterIssue => ({
  file: '',
  row: null,
  field: null,
  code,
  message,
});
