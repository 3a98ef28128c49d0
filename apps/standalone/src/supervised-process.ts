import { setTimeout as delay } from 'node:timers/promises';
import { ServerProcess } from '@parta/platform-embedded';

/** How long to wait before the first, second, … start after an end; the last repeats. */
const BACK_OFF_MS = [250, 1000, 3000, 10_000, 30_000];
/** Whoever has run for so long begins at the first delay again. */
const STEADY_MS = 60_000;
const START_TIMEOUT_MS = 60_000;

export interface SupervisedOptions {
  name: string;
  /** the program's file, run by the Node that runs this */
  file: string;
  env: NodeJS.ProcessEnv;
  /** answers 200 when it can work */
  readyUrl: string;
  /** what it writes, line by line */
  log: (line: string) => void;
  /** what is to be known of its life */
  say: (line: string) => void;
}

/** A process of Parta that is started again when it ends by itself, and that never outlives this one. */
export class SupervisedProcess {
  private current: ServerProcess | undefined;
  private readonly stopped = new AbortController();
  private failures = 0;
  private startedAt = 0;

  constructor(private readonly options: SupervisedOptions) {}

  get name(): string {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.current?.pid;
  }

  /**
   * Resolves when it is ready.
   * @throws EmbeddedServerError with its last lines when it ends before
   */
  async start(): Promise<void> {
    const { name, file, env, readyUrl, log } = this.options;
    this.startedAt = performance.now();
    this.current = new ServerProcess({
      what: name,
      program: process.execPath,
      args: ['--enable-source-maps', file],
      env,
      stopSteps: [
        { signal: 'SIGTERM', graceMs: 15_000 },
        { signal: 'SIGKILL', graceMs: 5_000 },
      ],
      log,
      onUnexpectedExit: (reason) => void this.startAgain(reason),
    });
    await this.current.untilReady(async () => {
      const { status } = await fetch(readyUrl, { signal: AbortSignal.timeout(5000) });
      if (status !== 200) throw new Error(`${readyUrl} answered ${status}`);
    }, START_TIMEOUT_MS);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.current?.stop();
  }

  private async startAgain(reason: string): Promise<void> {
    const { signal } = this.stopped;
    if (performance.now() - this.startedAt > STEADY_MS) this.failures = 0;
    for (;;) {
      if (signal.aborted) return;
      const wait = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)]!;
      this.failures += 1;
      this.options.say(`${this.name} ended (${reason}) and is started again in ${wait / 1000} s`);
      await delay(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.start();
        this.options.say(`${this.name} is back`);
        return;
      } catch (error) {
        await this.current?.stop();
        reason = (error as Error).message;
      }
    }
  }
}
