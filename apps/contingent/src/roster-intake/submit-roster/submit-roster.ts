import { Controller } from '@nestjs/common';
import { submitRoster, type RosterJobRef, type SubmitRoster } from '@parta/contracts-contingent';
import { DomainError } from '@parta/platform-errors';
import { correlation } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';
import { ContingentSettings } from '../../contingent.settings.js';
import { RosterWorker } from '../process-roster/roster-worker.js';
import { RosterJobs } from '../roster-jobs.js';

const RETRY_AFTER_SECONDS = 60;

/** Takes a roster package in (R202); what it says is looked at by the worker, after the answer. */
@Controller()
export class SubmitRosterUseCase {
  constructor(
    private readonly database: Database,
    private readonly jobs: RosterJobs,
    private readonly worker: RosterWorker,
    private readonly clock: Clock,
    private readonly settings: ContingentSettings,
  ) {}

  /** @throws DomainError `contingent.too-many-rosters-waiting` with `details.retryAfter` in seconds */
  @Handles(submitRoster)
  async submit(@Input() input: SubmitRoster, @Caller() actor: Actor): Promise<RosterJobRef> {
    await this.refuseMoreThanMayWait(actor);
    const id = uuidv7();
    await this.jobs.enqueue({
      id,
      uploadId: input.uploadId,
      sha256: input.sha256,
      size: input.size,
      isDryRun: input.dryRun ?? false,
      submitter: { kind: actor.kind, id: actor.id, name: actor.name },
      correlationId: correlation.get()?.correlationId ?? id,
      submittedAt: this.clock.now(),
    });
    this.database.afterCommit(() => this.worker.wake());
    return { id, state: 'queued' };
  }

  private async refuseMoreThanMayWait(actor: Actor): Promise<void> {
    const max = this.settings.maxRostersWaiting;
    if ((await this.jobs.countOpen(actor.id)) < max) return;
    throw new DomainError(
      'too-many',
      'contingent.too-many-rosters-waiting',
      `${max} packages of this sender wait or are under way`,
      { details: { max, retryAfter: RETRY_AFTER_SECONDS } },
    );
  }
}
