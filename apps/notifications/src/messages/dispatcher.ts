import { Rest } from '@parta/platform-messaging';
import type { Logger } from '@parta/platform-observability';
import type { Database } from '@parta/platform-persistence';
import type { Clock } from '@parta/platform-rpc';
import type { PoolClient } from 'pg';
import { maskedAddress } from '../contacts/addresses.js';
import type { DispatchSignal } from './dispatch-signal.js';
import type { Claimed, DispatchStore } from './dispatch-store.js';
import type { MessageMetrics } from './message-metrics.js';
import type { Carrier, Outcome } from './outcome.js';

const POLL_MS = 1000;
const RECONNECT_MS = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Sends what is due by one channel. One dispatcher of a channel is active in the installation, held by an advisory lock;
 * replicas wait for it.
 */
export class Dispatcher {
  private stopping = false;
  private readonly rest = new Rest();
  private running: Promise<void> = Promise.resolve();
  private pauseMs = 0;

  constructor(
    private readonly carrier: Carrier,
    private readonly database: Database,
    private readonly store: DispatchStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: MessageMetrics,
    signal: DispatchSignal,
  ) {
    signal.listen(carrier.channel, () => this.rest.wake());
  }

  start(): void {
    this.running = this.loop();
  }

  /** Lets the messages in hand come to their end first. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.rest.close();
    await this.running;
    await this.carrier.stop();
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      let client: PoolClient | undefined;
      let failure: Error | undefined;
      try {
        client = await this.database.pool.connect();
        client.on('error', (error: Error) => (failure = error));
        if (await this.lock(client)) await this.lead(client, () => failure);
      } catch (error) {
        failure = error as Error;
        this.logger.warn({ err: error, channel: this.carrier.channel }, 'dispatcher: starting again');
      } finally {
        // The session holds the lock; closing it gives it up.
        client?.release(failure ?? true);
      }
      if (!this.stopping) await this.rest.pause(RECONNECT_MS);
    }
  }

  private async lock(client: PoolClient): Promise<boolean> {
    while (!this.stopping) {
      const answer = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [
        `dispatch:${this.carrier.channel}`,
      ]);
      if (answer.rows[0].locked) return true;
      await this.rest.pause(POLL_MS);
    }
    return false;
  }

  private async lead(client: PoolClient, lost: () => Error | undefined): Promise<void> {
    const { channel } = this.carrier;
    const uncertain = await this.store.recover(channel, this.clock.now());
    if (uncertain > 0)
      this.logger.warn({ channel, uncertain }, 'messages whose handing over was interrupted');
    while (!this.stopping) {
      if (lost()) throw lost()!;
      this.rest.beginLook();
      const claimed = await this.store.claim(channel, this.clock.now(), this.carrier.width);
      if (claimed.length > 0) {
        await this.handOver(claimed);
        // A pause for the channel's sake is not cut short by a new message.
        await this.rest.pause(Math.max(this.pauseMs, this.carrier.pace(claimed)));
        continue;
      }
      this.metrics.backlog(channel, await this.store.backlog(channel, this.clock.now()));
      // Who has lost the session has lost the lock, and another may lead.
      await client.query('select 1');
      await this.rest.untilWoken(POLL_MS);
    }
  }

  private async handOver(claimed: Claimed[]): Promise<void> {
    const { channel } = this.carrier;
    const outcomes = await Promise.all(
      claimed.map(async (message) => ({ message, outcome: await this.carrier.submit(message) })),
    );
    for (const { message, outcome } of outcomes) {
      this.metrics.handedOver(channel, outcome.kind);
      if (outcome.kind !== 'submitted')
        this.logger.warn(
          {
            channel,
            messageId: message.messageId,
            outcome: outcome.kind,
            // A server's answer names the mailbox; the log of the process does not.
            problem: outcome.problem.replaceAll(message.address, maskedAddress(message.address)),
          },
          'message not handed over',
        );
    }
    this.pauseMs = outcomes.some(({ outcome }) => isChannelTrouble(outcome))
      ? Math.min(Math.max(this.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS)
      : 0;
    for (const { message, outcome } of outcomes) await this.writeDown(message, outcome);
  }

  /** What has left must be written down before anything else leaves, however long the database is away. */
  private async writeDown(message: Claimed, outcome: Outcome): Promise<void> {
    const { channel } = this.carrier;
    for (;;) {
      try {
        await this.store.settle(channel, message, outcome, this.clock.now());
        return;
      } catch (error) {
        this.logger.error({ err: error, channel }, 'outcomes cannot be written down yet');
        if (this.stopping) throw error;
        await this.rest.pause(RECONNECT_MS);
      }
    }
  }
}

const isChannelTrouble = (outcome: Outcome): boolean => outcome.kind === 'later' && outcome.isChannelTrouble;
