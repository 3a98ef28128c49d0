import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from '@parta/platform-observability';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { Retention } from './retention.js';

/** Looks several times within the hour, so that a slow timer misses no night; the second look finds nothing. */
const EVERY_MS = 20 * 60_000;
const NIGHT_HOUR = 3;

/** Tidies each school's messages in its own night. Several replicas may: they pass over each other's rows. */
@Injectable()
export class Nightly implements OnModuleDestroy {
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly retention: Retention,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Interval(EVERY_MS)
  lookAgain(): void {
    this.running ??= this.look().finally(() => (this.running = undefined));
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  /** Tidies the schools where it is night now. A school that cannot be tidied is tried again, and holds up no other. */
  async look(): Promise<void> {
    const now = this.clock.now();
    let forgotten = 0;
    const attempt = async (work: () => Promise<number>): Promise<void> => {
      try {
        if (!this.isStopping) forgotten += await work();
      } catch (error) {
        this.logger.warn({ err: error }, 'clean-up failed');
      }
    };
    await attempt(() => this.retention.tidyAcrossSchools(now));
    await attempt(async () => {
      for (const schoolId of await this.retention.schoolsAt(NIGHT_HOUR, now))
        await attempt(() => this.retention.tidySchool(schoolId, now));
      return 0;
    });
    if (forgotten > 0) this.logger.info({ forgotten }, 'cleaned up');
  }
}
