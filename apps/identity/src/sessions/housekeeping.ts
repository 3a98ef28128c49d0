import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from '@parta/platform-observability';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { FAILURES_FORGOTTEN_AFTER_HOURS } from './domain/lock-out.js';

const EVERY_MS = 60 * 60_000;
/** days for which an ended session can still tell a client why it ended */
const ENDED_SESSIONS_KEPT_DAYS = 30;

/** Removes, once an hour, what nobody asks for any more: forgotten failures and sessions long ended. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(EVERY_MS)
  async keepHouse(): Promise<void> {
    await this.tidy().catch((error: unknown) => this.logger.warn({ err: error }, 'housekeeping failed'));
  }

  async tidy(): Promise<void> {
    const before = (hours: number): Date => new Date(this.clock.now().getTime() - hours * 3_600_000);
    await this.database.write(NO_SCHOOL, async () => {
      await this.database.run(sql`
        delete from sign_in_attempts where last_failure_at < ${before(FAILURES_FORGOTTEN_AFTER_HOURS)}`);
      await this.database.run(sql`
        delete from sign_in_failures where last_failure_at < ${before(FAILURES_FORGOTTEN_AFTER_HOURS)}`);
      await this.database.run(sql`
        delete from sessions where expires_at < ${before(ENDED_SESSIONS_KEPT_DAYS * 24)}`);
    });
  }
}
