import { Controller } from '@nestjs/common';
import { submitRoster, type RosterJobRef, type SubmitRoster } from '@parta/contracts-contingent';
import { correlation } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';
import { RosterWorker } from '../process-roster/roster-worker.js';
import { RosterJobs } from '../roster-jobs.js';

/** Takes a roster package in (R202); what it says is looked at by the worker, after the answer. */
@Controller()
export class SubmitRosterUseCase {
  constructor(
    private readonly database: Database,
    private readonly jobs: RosterJobs,
    private readonly worker: RosterWorker,
    private readonly clock: Clock,
  ) {}

  @Handles(submitRoster)
  async submit(@Input() input: SubmitRoster, @Caller() actor: Actor): Promise<RosterJobRef> {
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
}
