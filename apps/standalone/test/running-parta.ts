import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@parta/platform-embedded';

const root = join(import.meta.dirname, '../../..');
const READY = /Parta is ready: (http:\/\/\S+)/;

export interface DemoAccount {
  role: string;
  login: string;
  password: string;
  school: string | null;
}

/** Parta started as a person would start it, in a folder and on ports of its own. */
export class RunningParta {
  private child: ChildProcess | undefined;
  output = '';
  url = '';

  private constructor(
    readonly dataDir: string,
    private readonly ports: {
      http: number;
      database: number;
      nats: number;
      inbox: number;
      smtp: number;
      smpp: number;
      health: number;
    },
  ) {}

  static async prepare(): Promise<RunningParta> {
    const dataDir = mkdtempSync(join(tmpdir(), `parta-test-${process.pid}-standalone-`));
    // Under root PostgreSQL runs as another user, who has to pass through.
    chmodSync(dataDir, 0o711);
    return new RunningParta(dataDir, {
      http: await freePort(),
      database: await freePort(),
      nats: await freePort(),
      inbox: await freePort(),
      smtp: await freePort(),
      smpp: await freePort(),
      health: await freePort(),
    });
  }

  /** @returns milliseconds until it was ready */
  async start(timeoutMs: number, env: Record<string, string> = {}, ...args: string[]): Promise<number> {
    const startedAt = Date.now();
    const ready = await this.startUntil(READY, timeoutMs, env, ...args);
    this.url = ready[1]!;
    return Date.now() - startedAt;
  }

  /** What makes it this installation, on ports of its own. */
  environment(env: Record<string, string> = {}): Record<string, string> {
    return {
      NATS_URL: '',
      PARTA_DATA_DIR: this.dataDir,
      PARTA_PORT: String(this.ports.http),
      PARTA_DATABASE_PORT: String(this.ports.database),
      PARTA_NATS_PORT: String(this.ports.nats),
      PARTA_HEALTH_PORT: String(this.ports.health),
      PARTA_RECEIVERS_PAGE_PORT: String(this.ports.inbox),
      PARTA_RECEIVERS_SMTP_PORT: String(this.ports.smtp),
      PARTA_RECEIVERS_SMPP_PORT: String(this.ports.smpp),
      PARTA_SMTP_URL: '',
      PARTA_SMPP_URL: '',
      PARTA_NOTICE_COOL_DOWN_MINUTES: '0',
      PARTA_DEMO_HISTORY_DAYS: '9',
      PARTA_LOG_LEVEL: 'warn',
      ...env,
    };
  }

  /** Starts, and waits until something is said. */
  async startUntil(
    sign: RegExp,
    timeoutMs: number,
    env: Record<string, string> = {},
    ...args: string[]
  ): Promise<RegExpExecArray> {
    this.output = '';
    const child = spawn(process.execPath, ['tools/start.mjs', ...args], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', ...this.environment(env) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`not ready in ${timeoutMs} ms:\n${this.output}`)),
        timeoutMs,
      );
      const read = (chunk: Buffer): void => {
        this.output += chunk.toString();
        const said = sign.exec(this.output);
        if (!said) return;
        clearTimeout(timer);
        resolve(said);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`ended with ${code}:\n${this.output}`));
      });
    });
  }

  /** Health and metrics, for those who run it. */
  get healthUrl(): string {
    return `http://127.0.0.1:${this.ports.health}`;
  }

  /** The page «what families received». */
  get inboxUrl(): string {
    return `http://127.0.0.1:${this.ports.inbox}`;
  }

  /** Messages that have arrived at an address, the newest first. */
  async received(to: string): Promise<{ channel: 'email' | 'sms'; subject: string | null; text: string }[]> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.inbox}/received?to=${encodeURIComponent(to)}`);
    return (await answer.json()) as never;
  }

  /** Of the process that was started; the servers and services are its children. */
  get pid(): number {
    return this.child!.pid!;
  }

  /** Sends the signal and waits for the end. @returns the exit code */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  }

  /** Processes that still work in its folder. */
  leftovers(): string[] {
    const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.includes(this.dataDir));
  }

  demo(): { accounts: DemoAccount[]; region: { clientId: string; clientSecret: string } } {
    return JSON.parse(readFileSync(join(this.dataDir, 'demo-accounts.json'), 'utf8')) as never;
  }

  account(role: string): DemoAccount {
    return this.demo().accounts.find((account) => account.role === role)!;
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
