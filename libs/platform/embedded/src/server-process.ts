import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedServerError } from './embedded-server-error.js';
import type { StopStep } from './ownership.js';

export interface ServerCommand {
  /** For messages: "PostgreSQL", "NATS". */
  what: string;
  program: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** First the graceful signal; the last one when the parent is gone and the server does not stop. */
  stopSteps: readonly [StopStep, ...StopStep[]];
  log: (line: string) => void;
  /** Called once when the server ends without having been asked to, after it was ready. */
  onUnexpectedExit?: ((reason: string) => void) | undefined;
}

const keptLines = 20;

/**
 * Stops the server when this process is gone, however it went: the pipe to the watchdog closes with it, even after
 * kill -9. A line on the pipe means that the server has ended and there is nothing left to watch.
 * Therefore no signal handlers are installed here: the application decides what SIGTERM means and in which order it
 * shuts down, and nothing outlives it.
 */
const watchdog = `
if read -r line; then exit 0; fi
kill -s "$2" "$1" 2>/dev/null || exit 0
left=$4
while [ "$left" -gt 0 ]; do
  kill -0 "$1" 2>/dev/null || exit 0
  sleep 1
  left=$((left - 1))
done
kill -s "$3" "$1" 2>/dev/null
`;

/** A server as a child process that never outlives its parent. */
export class ServerProcess {
  readonly pid: number | undefined;
  /** Resolves, never rejects, with how the process ended. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private readonly command: ServerCommand;
  private readonly lines: string[] = [];
  private end: string | undefined;
  private stopping = false;
  private ready = false;

  constructor(command: ServerCommand) {
    this.command = command;
    this.child = spawn(command.program, command.args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group: Ctrl-C in a terminal reaches the application alone, which still needs its servers to finish.
      detached: true,
      // Not the caller's folder, which the account of the server may be unable to enter.
      cwd: '/',
      ...(command.env && { env: command.env }),
      ...(command.uid !== undefined && { uid: command.uid, gid: command.gid }),
    });
    this.pid = this.child.pid;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.keep(line));
    }
    const stopWatching = this.watch();
    this.ended = new Promise((resolve) => {
      const finish = (reason: string): void => {
        if (this.end !== undefined) return;
        this.end = reason;
        stopWatching();
        if (this.ready && !this.stopping) {
          command.log(`${command.what} ended unexpectedly: ${reason}`);
          command.onUnexpectedExit?.(reason);
        }
        resolve(reason);
      };
      this.child.once('error', (error) => {
        if (this.pid === undefined) finish(error.message);
      });
      // "close" comes after the last line of output, "exit" may come before it.
      this.child.once('close', (code, signal) => finish(signal ? `signal ${signal}` : `exit code ${code}`));
    });
  }

  get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** The last lines the server wrote, oldest first. */
  get lastLines(): readonly string[] {
    return this.lines;
  }

  /**
   * Waits until the probe does not throw.
   * @throws EmbeddedServerError `embedded.start-failed` with the server's last lines when it ends or the time (milliseconds) is over
   */
  async untilReady(probe: () => Promise<void>, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      let failure: unknown;
      try {
        await probe();
        // Ended in the meantime: somebody else answered the probe.
        if (!this.hasEnded) {
          this.ready = true;
          return;
        }
      } catch (error) {
        if (error instanceof EmbeddedServerError) throw error;
        failure = error;
      }
      if (this.hasEnded) throw this.startFailed(`ended with ${this.end}`);
      if (performance.now() > deadline) {
        throw this.startFailed(`was not ready after ${Math.round(timeoutMs / 1000)} s`, failure);
      }
      await Promise.race([delay(25), this.ended]);
    }
  }

  /** Stops the server, each signal of `stopSteps` having its time; safe to call twice. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const { signal, graceMs } of this.command.stopSteps) {
      if (this.hasEnded) return;
      this.child.kill(signal);
      const timer = new AbortController();
      await Promise.race([
        this.ended,
        delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      timer.abort();
    }
    await this.ended;
  }

  private startFailed(how: string, cause?: unknown): EmbeddedServerError {
    const { what } = this.command;
    const words = this.lines.length > 0 ? ` Its last words:\n${this.lines.join('\n')}` : ' It said nothing.';
    return new EmbeddedServerError('embedded.start-failed', `${what} did not start: it ${how}.${words}`, {
      cause,
    });
  }

  private keep(line: string): void {
    this.lines.push(line);
    if (this.lines.length > keptLines) this.lines.shift();
    this.command.log(line);
  }

  private watch(): () => void {
    if (this.pid === undefined) return () => undefined;
    const { stopSteps } = this.command;
    const [first] = stopSteps;
    const last = stopSteps.at(-1) ?? first;
    const seconds = Math.ceil(first.graceMs / 1000);
    const guard = spawn(
      '/bin/sh',
      ['-c', watchdog, 'sh', String(this.pid), first.signal.slice(3), last.signal.slice(3), String(seconds)],
      { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' },
    );
    guard.on('error', (error) => this.command.log(`No watchdog for ${this.command.what}: ${error.message}`));
    guard.stdin.on('error', () => undefined);
    guard.unref();
    (guard.stdin as unknown as { unref(): void }).unref();
    return () => guard.stdin.end('ended\n');
  }
}
