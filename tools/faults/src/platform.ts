import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  freePortBlock,
  startEmbeddedNats,
  startEmbeddedPostgres,
  type EmbeddedServer,
} from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import { Actor, TokenSigner, type Grant } from '@parta/platform-rpc';
import { Inbox, startMailSink, startSmsCentre, type MailSink, type SmsCentre } from '@parta/receivers';
import {
  BUS_OPERATOR,
  busLock,
  busUrlOf,
  secretsIn,
  startProcesses,
  type RunningProcesses,
  type Secrets,
} from '@parta/standalone/processes';
import { Client, Pool } from 'pg';
import { eventually } from './eventually.js';
import { TcpProxy } from './tcp-proxy.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'faults-2026';
const LIMITLESS = String(1e8);
const FIRST_PORT = Number(process.env.PARTA_FAULTS_PORT ?? 9400);
const BLOCK = 25;

export const OPERATOR = { login: 'operator', password: 'faults-operator-2026' };
/** What a notice may take at most, at hundreds of short messages a second: the contract's rate is not tested here. */
const SMS_PER_SECOND = '200';

/** The platform as separate processes, on servers and lines that can be broken. */
export class Platform {
  readonly folder = mkdtempSync(join(tmpdir(), `parta-faults-${process.pid}-`));
  readonly inbox = new Inbox(1_000_000);
  readonly log: string[] = [];
  url = '';
  /** through which teachers, families and the office come */
  door = '';
  doorProxy!: TcpProxy;
  postgresProxy!: TcpProxy;
  natsProxy!: TcpProxy;
  mail!: MailSink;
  sms!: SmsCentre;
  /** a superuser's connections, past the lines that are broken; lost when PostgreSQL is restarted */
  admin!: Pool;
  running!: RunningProcesses;
  bus!: Bus;
  /** to be undone at the end, whatever happens before */
  readonly undo: (() => void)[] = [];
  private readonly stopped = new Set<string>();
  private ports!: Record<(typeof PORTS)[number], number>;
  private postgres: EmbeddedServer | undefined;
  private nats: EmbeddedServer | undefined;
  private secrets!: Secrets;
  /** where NATS keeps its streams */
  natsStore = join(this.folder, 'nats');
  private signer!: TokenSigner;

  get clockFolder(): string {
    return join(this.folder, 'clocks');
  }

  async start(): Promise<void> {
    chmodSync(this.folder, 0o711);
    mkdirSync(this.clockFolder);
    const first = await freePortBlock(FIRST_PORT, BLOCK);
    this.ports = Object.fromEntries(PORTS.map((name, at) => [name, first + at])) as typeof this.ports;
    const { ports } = this;
    this.secrets = await secretsIn(join(this.folder, 'secrets.json'));
    await this.startPostgres();
    await this.startNats();
    this.postgresProxy = new TcpProxy(ports.postgresLine, ports.postgres);
    this.natsProxy = new TcpProxy(ports.natsLine, ports.nats);
    await this.postgresProxy.start();
    await this.natsProxy.start();
    this.doorProxy = new TcpProxy(ports.door, ports.gateway);
    await this.doorProxy.start();
    this.door = `http://127.0.0.1:${ports.door}`;
    await this.startMail();
    await this.startSms();
    this.running = await startProcesses({
      dataDir: this.folder,
      port: ports.gateway,
      databasePort: ports.postgres,
      natsPort: ports.nats,
      healthPort: ports.health,
      adminDatabaseUrl: `postgres://postgres:${PASSWORD}@127.0.0.1:${ports.postgresLine}/postgres`,
      natsUrl: `nats://127.0.0.1:${ports.natsLine}`,
      hasBusUsers: true,
      timeZone: 'UTC',
      firstOperator: OPERATOR,
      webRoot: join(root, 'apps/web/dist'),
      env: {
        NODE_OPTIONS: `--import=${new URL('clock-shift.js', import.meta.url).href}`,
        PARTA_FAULTS_CLOCK_DIR: this.clockFolder,
        PARTA_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
        PARTA_MAIL_FROM: 'Журнал <journal@school.example>',
        PARTA_SMPP_URL: `smpp://parta:parta@127.0.0.1:${ports.smpp}`,
        PARTA_SMS_SENDER: 'Parta',
        PARTA_NOTICE_COOL_DOWN_MINUTES: '0',
        PARTA_SMS_PER_SECOND: SMS_PER_SECOND,
        PARTA_REQUESTS_PER_MINUTE: LIMITLESS,
        PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
        PARTA_SIGN_INS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
        PARTA_LOG_LEVEL: process.env.PARTA_FAULTS_LOG_LEVEL ?? 'warn',
      },
      step: (line) => void this.log.push(line),
      log: (line) => void this.log.push(line),
    });
    this.url = this.running.url;
    this.signer = await TokenSigner.fromJwk(this.running.installation.secrets.signingKey);
    this.admin = new Pool({ connectionString: this.adminUrl, max: 5 });
    // A connection that PostgreSQL's end takes along is replaced by the next query.
    this.admin.on('error', () => undefined);
    this.bus = await Bus.connect(this.natsUrlOf(BUS_OPERATOR), 'faults');
  }

  async stop(): Promise<void> {
    await this.bus?.close().catch(() => undefined);
    await this.admin?.end().catch(() => undefined);
    for (const one of this.running?.processes ?? []) this.signal(one.name, 'SIGCONT');
    await this.running?.stop();
    await this.mail?.stop();
    await this.sms?.stop();
    await this.postgresProxy?.stop();
    await this.natsProxy?.stop();
    await this.doorProxy?.stop();
    await this.nats?.stop();
    await this.postgres?.stop();
    for (const one of this.undo.splice(0)) one();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** NATS past the line that is broken, without a user. */
  get natsUrl(): string {
    return `nats://127.0.0.1:${this.ports.nats}`;
  }

  /** The same as one of its users. */
  natsUrlOf(user: string): string {
    return busUrlOf(this.natsUrl, this.secrets, user);
  }

  get natsPid(): number | undefined {
    return this.nats?.pid;
  }

  get adminUrl(): string {
    return `postgres://postgres:${PASSWORD}@127.0.0.1:${this.ports.postgres}/parta`;
  }

  /** Of a person with these grants, for two hours. */
  tokenOf(grants: Grant[], accountId: string = crypto.randomUUID()): Promise<string> {
    const actor = new Actor('account', accountId, 'Иванова Анна', crypto.randomUUID(), grants, []);
    return this.signer.sign(actor, 7200, new Date());
  }

  get serviceNames(): readonly string[] {
    return this.running.processes.map(({ name }) => name);
  }

  signal(service: string, signal: NodeJS.Signals): void {
    const pid = this.running.processes.find(({ name }) => name === service)?.pid;
    if (!pid) throw new Error(`${service} is not running`);
    try {
      process.kill(pid, signal);
    } catch (error) {
      // Dead already, and not yet started again.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  kill(service: string): void {
    this.signal(service, 'SIGKILL');
  }

  /** Stops a service where it stands, until it is resumed. */
  stopService(service: string): void {
    this.stopped.add(service);
    this.signal(service, 'SIGSTOP');
  }

  resumeService(service: string): void {
    this.stopped.delete(service);
    this.signal(service, 'SIGCONT');
  }

  isStopped(service: string): boolean {
    return this.stopped.has(service);
  }

  /** Puts a service's clock off; 0 puts it right. The service reads it within a moment. */
  setClock(service: string, shiftMs: number): void {
    writeFileSync(join(this.clockFolder, service), String(shiftMs));
  }

  async startPostgres(): Promise<void> {
    this.postgres = await startEmbeddedPostgres({
      dataDir: join(this.folder, 'postgres'),
      port: this.ports.postgres,
      password: PASSWORD,
      log: (line) => void this.log.push(`PostgreSQL: ${line}`),
    });
  }

  /** @param isViolent by kill -9 instead of a shutdown */
  async stopPostgres(isViolent = false): Promise<void> {
    if (isViolent) process.kill(this.postgres!.pid, 'SIGKILL');
    await this.postgres!.stop();
  }

  async startNats(): Promise<void> {
    this.nats = await startEmbeddedNats({
      storeDir: this.natsStore,
      port: this.ports.nats,
      cacheDir: join(root, '.parta/cache'),
      ...busLock(this.secrets),
      log: (line) => void this.log.push(`NATS: ${line}`),
    });
  }

  async stopNats(isViolent = false): Promise<void> {
    if (isViolent) process.kill(this.nats!.pid, 'SIGKILL');
    await this.nats!.stop();
  }

  async startMail(): Promise<void> {
    this.mail = await startMailSink({ port: this.ports.smtp, inbox: this.inbox });
  }

  async startSms(): Promise<void> {
    this.sms = await startSmsCentre({
      port: this.ports.smpp,
      inbox: this.inbox,
      systemId: 'parta',
      password: 'parta',
    });
  }

  /** What is not ready, or null. @param except services that are stopped on purpose */
  async notReady(except: readonly string[] = []): Promise<string | null> {
    const answers = await Promise.all(
      this.serviceNames
        .filter((name) => !except.includes(name))
        .map(async (name) => {
          const address = name === 'gateway' ? this.url : this.running.healthUrlOf(name);
          const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(
            (error: unknown) => String(error),
          );
          if (typeof answer === 'string') return `${name}: ${answer}`;
          return answer.status === 200 ? null : `${name}: ${await answer.text()}`;
        }),
    );
    return answers.filter(Boolean).join('; ') || null;
  }

  /** A connection of its own, to hold a lock by. */
  async connection(): Promise<Client> {
    const client = new Client({ connectionString: this.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Rows of a query, however long PostgreSQL is away. */
  async rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query(text, values)).rows as T[];
  }

  async count(table: string, where = 'true'): Promise<number> {
    return (await this.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`))[0]!.n;
  }

  /** Facts that a service has found to be handled before, since it was started. */
  async handledAgain(service: string): Promise<number> {
    const text = await (await fetch(`${this.running.healthUrlOf(service)}/metrics`)).text();
    return [...text.matchAll(/^parta_handled_facts_total\{.*outcome="duplicate".*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }

  /** Waits until PostgreSQL has a statement of the service, like this one, that waits for a lock. */
  async untilBlocked(role: string, statement = '%'): Promise<void> {
    await eventually(`${role} to be stopped by a lock`, async () => {
      const waiting = await this.count(
        'pg_stat_activity',
        `usename = '${role}' and wait_event_type = 'Lock' and query ilike '%${statement}'`,
      );
      return waiting > 0 ? null : 'nothing waits for a lock';
    });
  }
}

const PORTS = [
  'gateway',
  'door',
  'postgres',
  'postgresLine',
  'nats',
  'natsLine',
  'smtp',
  'smpp',
  'health',
] as const;
