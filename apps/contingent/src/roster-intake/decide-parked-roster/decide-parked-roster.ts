import { Controller } from '@nestjs/common';
import { decideParkedRoster, type DecideParkedRoster, type RosterJobRef } from '@parta/contracts-contingent';
import { Conflict, NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { RosterWorker } from '../process-roster/roster-worker.js';
import { visibleTo } from '../roster-job.access.js';

/** A person's word about a package that would end too many enrolments (R202). */
@Controller()
export class DecideParkedRosterUseCase {
  constructor(
    private readonly database: Database,
    private readonly worker: RosterWorker,
    private readonly clock: Clock,
  ) {}

  /**
   * `apply` checks the package again before it is applied: since it was parked, others may have been.
   * @throws NotFound `contingent.roster-job-not-found`; Conflict `contingent.roster-not-parked`
   */
  @Handles(decideParkedRoster)
  async decide(@Input() input: DecideParkedRoster, @Caller() actor: Actor): Promise<RosterJobRef> {
    const job = await this.database.row<{ state: string }>(
      sql`select state from roster_jobs where id = ${input.id} and ${visibleTo(actor)} for update`,
    );
    if (!job) throw new NotFound('contingent.roster-job-not-found', `no roster job ${input.id}`);
    if (job.state !== 'parked') {
      throw new Conflict('contingent.roster-not-parked', `roster job ${input.id} is ${job.state}`, {
        state: job.state,
      });
    }
    const now = this.clock.now();
    const isApproved = input.decision === 'apply';
    const state = isApproved ? 'queued' : 'refused';
    await this.database.run(sql`
      update roster_jobs set state = ${state}, decision = ${input.decision}, decision_reason = ${input.reason},
        decided_by = ${actor.name}, decided_at = ${now}, attempts = 0, run_after = now(),
        progress = ${isApproved ? 0 : 100}, finished_at = ${isApproved ? null : now},
        reason = ${isApproved ? sql`reason` : `Отклонено (${actor.name}): ${input.reason}`}
      where id = ${input.id}`);
    if (isApproved) this.database.afterCommit(() => this.worker.wake());
    return { id: input.id, state };
  }
}
