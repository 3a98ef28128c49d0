import type { Logger } from '@parta/platform-observability';
import type { Database } from '@parta/platform-persistence';
import type { PoolClient } from 'pg';
import { HELD_SESSION, Rest } from './rest.js';

const LOOK_MS = 1000;

/** Work of which each part is best done by one of the replicas. */
export interface Turn {
  name: string;
  /** begins when it is this replica's */
  begin(): Promise<void>;
  /** another replica has it now */
  end(): Promise<void>;
}

/**
 * Shares out turns between the replicas of a service: each belongs to whoever holds its advisory lock, all by one session. When
 * that session is lost the work goes on until another replica turns out to have the lock; so nothing may depend on there being
 * one only, and nothing waits for it.
 */
export class Turns {
  private readonly held = new Set<Turn>();
  private readonly rest = new Rest();
  private isStopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly turns: readonly Turn[],
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (this.turns.length > 0) this.running = this.loop();
  }

  /** Gives all turns up; what they do is to be ended before. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.rest.close();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.isStopping) {
      let client: PoolClient | undefined;
      try {
        client = await this.database.pool.connect();
        await this.hold(client);
      } catch (error) {
        this.logger.warn({ err: error }, 'turns: lost the connection, starting again');
      } finally {
        // The session holds the locks; closing it gives them up.
        client?.release(true);
      }
      await this.rest.pause(LOOK_MS);
    }
  }

  private async hold(client: PoolClient): Promise<void> {
    client.on('error', () => undefined);
    await client.query(HELD_SESSION);
    const locked = new Set<Turn>();
    while (!this.isStopping) {
      for (const turn of this.turns.filter((one) => !locked.has(one))) {
        const { rows } = await client.query<{ locked: boolean }>(
          'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
          [turn.name],
        );
        if (rows[0]!.locked) locked.add(turn);
        await this.settle(turn, rows[0]!.locked);
      }
      await this.rest.pause(LOOK_MS);
      // A sign of life, and the way to hear that the session is gone.
      await client.query('select 1');
    }
  }

  private async settle(turn: Turn, isOurs: boolean): Promise<void> {
    if (isOurs === this.held.has(turn) || this.isStopping) return;
    await (isOurs ? turn.begin() : turn.end());
    if (isOurs) this.held.add(turn);
    else this.held.delete(turn);
  }
}
