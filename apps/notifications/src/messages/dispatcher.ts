import type { Channel } from '@parta/contracts-notifications';
import { HELD_SESSION, Rest } from '@parta/platform-messaging';
import type { Logger } from '@parta/platform-observability';
import type { Database } from '@parta/platform-persistence';
import type { Clock } from '@parta/platform-rpc';
import type { PoolClient } from 'pg';
import { maskedAddress } from '../contacts/addresses.js';
import { AddressesInHand } from './addresses-in-hand.js';
import type { DispatchSignal } from './dispatch-signal.js';
import type { Claimed, DispatchStore } from './dispatch-store.js';
import type { MessageMetrics } from './message-metrics.js';
import type { Carrier, Outcome } from './outcome.js';

const POLL_MS = 1000;
const RECONNECT_MS = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** How long messages in hand may take when the service stops; then their lines are closed. */
const PATIENCE_MS = 15_000;

/**
 * Sends what is due by one channel. One dispatcher of a channel is active in the installation, held by an advisory lock;
 * replicas wait for it. Each message goes its own way: a slow answer holds one place of the carrier's width and nobody else.
 */
export class Dispatcher {
  private stopping = false;
  private readonly rest = new Rest();
  private running: Promise<void> = Promise.resolve();
  private pauseMs = 0;
  /** instants of the process's own clock, in milliseconds: the end of a pause, and when the contract's rate allows the next */
  private pausedUntil = 0;
  private nextAt = 0;
  /** what is being handed over or written down, by message */
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly late = new Set<Promise<void>>();
  private readonly addresses = new AddressesInHand();
  private stopped: string | null = null;

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
    metrics.stopped(carrier.channel, false);
  }

  get channel(): Channel {
    return this.carrier.channel;
  }

  /** What somebody has to put right before anything leaves by the channel; null while it works. */
  get problem(): string | null {
    return this.stopped;
  }

  start(): void {
    this.running = this.loop();
  }

  /** Lets the messages in hand come to their end first, for a while. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.rest.close();
    await this.running;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
    await Promise.race([Promise.all(this.inHand.values()), patience]);
    clearTimeout(timer);
    await this.carrier.stop();
    await Promise.all([...this.inHand.values(), ...this.late]);
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
    await client.query(HELD_SESSION);
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
    const uncertain = await this.store.recover(channel, this.clock.now(), [...this.inHand.keys()]);
    if (uncertain > 0)
      this.logger.warn({ channel, uncertain }, 'messages whose handing over was interrupted');
    while (!this.stopping) {
      if (lost()) throw lost()!;
      this.rest.beginLook();
      const wait = Math.max(this.pausedUntil, this.nextAt) - performance.now();
      if (wait > 0) {
        // A pause for the channel's sake is not cut short by a new message.
        await this.rest.pause(Math.min(wait, POLL_MS));
        if (wait >= POLL_MS) await client.query('select 1');
        continue;
      }
      const claimed = await this.claim();
      if (claimed.length > 0) {
        this.nextAt = Math.max(this.nextAt, performance.now()) + this.carrier.pace(claimed);
        continue;
      }
      // Who has lost the session has lost the lock, and another may lead.
      await client.query('select 1');
      await this.rest.untilWoken(POLL_MS);
    }
  }

  /** Takes as many messages as there are free places and sets each on its way; after trouble of the channel, one to try it. */
  private async claim(): Promise<Claimed[]> {
    const width = this.pauseMs > 0 ? 1 : this.carrier.width;
    const free = width - this.inHand.size;
    if (free <= 0) return [];
    const claimed = await this.store.claim(this.carrier.channel, this.clock.now(), free, this.addresses);
    for (const message of claimed) {
      const work = this.handOver(message)
        .catch((error: unknown) => this.logger.error({ err: error }, 'an outcome was not written down'))
        .finally(() => {
          this.inHand.delete(message.messageId);
          this.addresses.release(message.address);
          this.rest.wake();
        });
      this.inHand.set(message.messageId, work);
    }
    return claimed;
  }

  private async handOver(message: Claimed): Promise<void> {
    const outcome = await this.carrier.submit(message, (late) => this.hearLate(message, late));
    this.note(message, outcome);
    await this.writeDown(message, outcome, false);
  }

  /** An answer that came after it was given up: the message is not uncertain any more. */
  private hearLate(message: Claimed, outcome: Outcome): void {
    this.logger.info({ messageId: message.messageId, outcome: outcome.kind }, 'a late answer');
    const work: Promise<void> = this.writeDown(message, outcome, true)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a late answer was not written down'))
      .finally(() => this.late.delete(work));
    this.late.add(work);
  }

  private note(message: Claimed, outcome: Outcome): void {
    const { channel } = this.carrier;
    this.metrics.handedOver(channel, outcome.kind);
    // A server's answer names the mailbox; neither the log of the process nor its health does.
    const problem =
      outcome.kind === 'submitted'
        ? null
        : outcome.problem.replaceAll(message.address, maskedAddress(message.address));
    if (outcome.kind !== 'submitted')
      this.logger.warn(
        {
          channel,
          messageId: message.messageId,
          outcome: outcome.kind,
          problem,
        },
        'message not handed over',
      );
    if (outcome.kind === 'later' && outcome.trouble !== 'message') {
      // Several messages in hand may bring the same news; it counts once.
      if (performance.now() >= this.pausedUntil) {
        this.pauseMs = Math.min(Math.max(this.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
        this.pausedUntil = performance.now() + this.pauseMs;
      }
      if (outcome.trouble === 'stopped') this.alarm(problem);
    } else if (outcome.kind === 'submitted' || outcome.kind === 'refused') {
      this.pauseMs = 0;
      this.alarm(null);
    }
  }

  private alarm(problem: string | null): void {
    const { channel } = this.carrier;
    if (problem !== null && this.stopped === null)
      this.logger.error({ channel, problem }, 'nothing leaves by the channel until somebody puts it right');
    if (problem === null && this.stopped !== null) this.logger.info({ channel }, 'the channel works again');
    this.stopped = problem;
    this.metrics.stopped(channel, problem !== null);
  }

  /** What has left must be written down before its address gets anything else, however long the database is away. */
  private async writeDown(message: Claimed, outcome: Outcome, isLate: boolean): Promise<void> {
    const { channel } = this.carrier;
    for (;;) {
      try {
        await this.store.settle(channel, message, outcome, this.clock.now(), isLate);
        return;
      } catch (error) {
        this.logger.error({ err: error, channel }, 'outcomes cannot be written down yet');
        if (this.stopping) throw error;
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }
}
