import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_ENDED, type AccessEnded } from '@parta/contracts-identity';
import { Bus } from '@parta/platform-messaging';
import type { Logger } from '@parta/platform-observability';
import { Database, sql } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';

/** Tells the gateways of access that ends before its tokens do. Each word leaves after the commit of the running unit of work. */
@Injectable()
export class EndedAccess {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Sessions that end with the running unit of work. */
  ofSessions(sessionIds: string[]): void {
    if (sessionIds.length > 0) this.tell({ sessionIds });
  }

  /** People of a school who lose a role with the running unit of work: who has an account needs a new token. */
  async ofPeople(schoolId: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    const rows = await this.database.rows<{ account_id: string }>(sql`
      select distinct account_id from account_people
      where school_id = ${schoolId} and person_id = any (${personIds}::uuid[])`);
    if (rows.length > 0) this.tell({ accountIds: rows.map((row) => row.account_id) });
  }

  private tell(ended: Omit<AccessEnded, 'at'>): void {
    const at = this.clock.now().toISOString();
    this.database.afterCommit(() => {
      try {
        this.bus.nats.publish(ACCESS_ENDED, JSON.stringify({ ...ended, at }));
      } catch (error) {
        // What was done is committed; the tokens end by themselves.
        this.logger.warn({ err: error }, 'the gateways do not hear of ended access');
      }
    });
  }
}
