import { statfs } from 'node:fs/promises';
import { Gauge } from 'prom-client';
import { Metrics } from '@parta/platform-observability';

/** How often a probe has to fail in a row before the server counts as one that keeps nothing. */
const FAILURES = 3;
/** With less room a server that is started again would keep nothing either. */
const ROOM_BYTES = 64 * 2 ** 20;
/** With less room than a fact may take, some stream has been refused a fact, though a small one is kept. */
const FULL_BYTES = 2 ** 20;
const INTERVAL_MS = 5000;

export interface JetStreamWatchOptions {
  /** resolves when a message was kept, rejects when it was not within a time */
  probe: () => Promise<void>;
  /** the folder of the server's files */
  storeDir: string;
  /** of the server; none while it is down */
  pid: () => number | undefined;
  /** what is to be known */
  say: (line: string) => void;
  intervalMs?: number | undefined;
  /** what the probe needs is let go */
  close?: () => Promise<void>;
}

/**
 * Looks whether JetStream keeps what it is given. After a full disk a nats-server, or one of its streams, may hang for good, with no
 * line in its log, and goes on only when it is started again: it is ended here, as soon as there is room, and whoever keeps it
 * running starts it.
 */
export class JetStreamWatch {
  readonly name = 'bus';
  readonly metrics = new Metrics('bus');
  private readonly keeps: Gauge;
  private readonly free: Gauge;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;
  private failures = 0;
  private trouble: string | undefined;
  private kind: string | undefined;
  private wasFull = false;

  constructor(private readonly options: JetStreamWatchOptions) {
    const registers = [this.metrics.registry];
    this.keeps = new Gauge({
      name: 'parta_bus_keeps',
      help: 'Whether JetStream keeps what it is given (1 or 0)',
      registers,
    });
    this.free = new Gauge({
      name: 'parta_bus_free_bytes',
      help: 'Room on the disk of JetStream',
      registers,
    });
    this.keeps.set(1);
  }

  start(): void {
    this.next();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.looking;
    await this.options.close?.();
  }

  /** Requests are answered meanwhile, and facts wait in the database: no reason to turn anybody away. */
  problems(): Promise<string[]> {
    return Promise.resolve([]);
  }

  warnings(): string[] {
    return this.trouble ? [this.trouble] : [];
  }

  private next(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look()
        .catch((error: unknown) => this.note('unseen', `NATS could not be looked after: ${String(error)}`))
        .finally(() => this.next());
    }, this.options.intervalMs ?? INTERVAL_MS);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { probe, pid, storeDir } = this.options;
    const asked = pid();
    const isKept = await probe().then(
      () => true,
      () => false,
    );
    if (this.isStopped) return;
    const { bavail, bsize } = await statfs(storeDir);
    const room = bavail * bsize;
    this.free.set(room);
    if (isKept) this.failures = 0;
    else if (asked !== undefined && pid() === asked) this.failures += 1;
    // A server that is down, or was started meanwhile, is being looked after already.
    else return void (this.failures = 0);
    const isHanging = this.failures >= FAILURES;
    this.wasFull ||= room < FULL_BYTES || (isHanging && room < ROOM_BYTES);
    this.keeps.set(isHanging || this.wasFull ? 0 : 1);
    if (room < ROOM_BYTES)
      return this.note(
        'the disk of NATS is full',
        `the disk of NATS has ${Math.floor(room / 2 ** 20)} MiB left, it needs ${ROOM_BYTES / 2 ** 20}`,
      );
    if (this.wasFull) return this.end('the disk of NATS was full and has room again');
    if (isHanging) return this.end('NATS keeps no facts, though its disk has room');
    if (isKept && this.trouble) {
      this.options.say('NATS keeps facts');
      this.trouble = this.kind = undefined;
    }
  }

  /** Said once of each kind of trouble. */
  private note(kind: string, trouble: string): void {
    if (this.kind !== kind) this.options.say(trouble);
    this.kind = kind;
    this.trouble = trouble;
  }

  private end(why: string): void {
    const pid = this.options.pid();
    this.note(why, `${why}: it is ended, to be started again`);
    if (pid === undefined) return;
    this.failures = 0;
    this.wasFull = false;
    process.kill(pid, 'SIGKILL');
  }
}
