import { Restarts } from './restarts.js';
import type { EmbeddedServer } from './server.js';

/** A server that is started again when it ends by itself. */
export class KeptServer {
  readonly name: string;
  private readonly startServer: (onUnexpectedExit: (reason: string) => void) => Promise<EmbeddedServer>;
  private readonly restarts: Restarts;
  private server: EmbeddedServer | undefined;
  private starting: Promise<unknown> = Promise.resolve();

  /**
   * @param startServer one attempt, which leaves nothing behind when it fails
   * @param say what is to be known of its life
   */
  constructor(
    name: string,
    startServer: (onUnexpectedExit: (reason: string) => void) => Promise<EmbeddedServer>,
    say: (line: string) => void,
  ) {
    this.name = name;
    this.startServer = startServer;
    this.restarts = new Restarts(name, () => this.start(), say);
  }

  /** none while it is down */
  get pid(): number | undefined {
    return this.server?.pid;
  }

  /** @throws EmbeddedServerError when the attempt fails; nothing tries again then */
  async start(): Promise<EmbeddedServer> {
    this.restarts.begin();
    const attempt = this.startServer((reason) => {
      this.server = undefined;
      void this.restarts.after(reason);
    });
    this.starting = attempt;
    return (this.server = await attempt);
  }

  /** Stops it and starts it again, as for an upgrade. */
  async restart(): Promise<void> {
    await this.server?.stop();
    await this.start();
  }

  /** Stops it for good, even if it is just coming back. */
  async stop(): Promise<void> {
    this.restarts.stop();
    await this.starting.catch(() => undefined);
    await this.server?.stop();
  }
}
