import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@parta/platform-embedded';
import { eventually } from '@parta/platform-testing';

const root = join(import.meta.dirname, '../../..');

/** One service as a process of its own, to be killed. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  constructor(
    private readonly name: string,
    private readonly surroundings: {
      databaseUrl: string;
      natsUrl: string;
      tokenKeys: object;
      folder: string;
      /** what this service is told beyond what every service is */
      env?: NodeJS.ProcessEnv;
    },
  ) {}

  async start(): Promise<void> {
    const port = await freePort();
    const keys = join(this.surroundings.folder, 'token-keys.json');
    writeFileSync(keys, JSON.stringify(this.surroundings.tokenKeys));
    let output = '';
    const child = spawn(process.execPath, [join(root, `apps/${this.name}/dist/main.js`)], {
      env: {
        PATH: process.env.PATH,
        PARTA_DATABASE_URL: this.surroundings.databaseUrl,
        NATS_URL: this.surroundings.natsUrl,
        PARTA_TOKEN_KEYS_FILE: keys,
        PARTA_HEALTH_PORT: String(port),
        PARTA_LOG_LEVEL: 'warn',
        ...this.surroundings.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    this.child = child;
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}`);
        const { status } = await fetch(`http://127.0.0.1:${port}/health/ready`);
        if (status !== 200) throw new Error(`ready answered ${status}`);
      },
      { timeoutMs: 30_000, describe: `${this.name} to be ready` },
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${output}`);
    });
  }

  /** Ends the process at once, without a chance to clean up. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}
