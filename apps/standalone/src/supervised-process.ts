import { Restarts, ServerProcess } from '@parta/platform-embedded';

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
  private readonly restarts: Restarts;

  constructor(private readonly options: SupervisedOptions) {
    this.restarts = new Restarts(options.name, () => this.startOrStop(), options.say);
  }

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
    this.restarts.begin();
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
      onUnexpectedExit: (reason) => void this.restarts.after(reason),
    });
    await this.current.untilReady(async () => {
      const { status } = await fetch(readyUrl, { signal: AbortSignal.timeout(5000) });
      if (status !== 200) throw new Error(`${readyUrl} answered ${status}`);
    }, START_TIMEOUT_MS);
  }

  /** Stops it, what it has in hand to its end, and starts it again, as for an upgrade. */
  async restart(): Promise<void> {
    await this.current?.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    this.restarts.stop();
    await this.current?.stop();
  }

  private async startOrStop(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      await this.current?.stop();
      throw error;
    }
  }
}
