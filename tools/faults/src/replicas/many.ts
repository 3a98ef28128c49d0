import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortBlock } from '@parta/platform-embedded';
import { Bus } from '@parta/platform-messaging';
import { Actor, TokenSigner, type Grant } from '@parta/platform-rpc';
import { Inbox, startMailSink, startSmsCentre, type MailSink, type SmsCentre } from '@parta/receivers';
import { startProcesses, type RunningProcesses } from '@parta/standalone/processes';
import { Pool } from 'pg';
import { OPERATOR } from '../platform.js';

const LIMITLESS = String(1e8);
const FIRST_PORT = Number(process.env.PARTA_REPLICAS_PORT ?? 9500);
const REPLICAS = 2;
const BLOCK = 28;
const ALL = ['identity', 'contingent', 'curriculum', 'journal', 'diary', 'notifications', 'reporting'];
/** Those that the entries of a lesson go through, for the short form. */
const FEW = ['journal', 'diary', 'notifications'];

/** A process that may be killed: of Parta, or a node of NATS. */
export interface Victim {
  name: string;
  readonly pid: number | undefined;
  restart(): Promise<void>;
}

/** The platform with two replicas of everything on three nodes of NATS, and one PostgreSQL. */
export class Many {
  readonly folder = mkdtempSync(join(tmpdir(), `parta-replicas-${process.pid}-`));
  readonly inbox = new Inbox(1_000_000);
  readonly log: string[] = [];
  readonly serviceNames: string[];
  running!: RunningProcesses;
  admin!: Pool;
  bus!: Bus;
  private mail: MailSink | undefined;
  private sms: SmsCentre | undefined;
  private signer!: TokenSigner;

  constructor(isQuick: boolean) {
    this.serviceNames = isQuick ? FEW : ALL;
  }

  async start(): Promise<void> {
    chmodSync(this.folder, 0o711);
    const first = await freePortBlock(FIRST_PORT, BLOCK);
    const [gateway, gateway2, database, smtp, smpp, health] = [0, 1, 2, 9, 10, 11].map((at) => first + at);
    const natsNodes = [3, 4, 5].map((at) => ({ port: first + at, clusterPort: first + at + 3 }));
    this.mail = await startMailSink({ port: smtp!, inbox: this.inbox });
    this.sms = await startSmsCentre({
      port: smpp!,
      inbox: this.inbox,
      systemId: 'parta',
      password: 'parta',
    });
    const log = (line: string): void => void this.log.push(`${new Date().toISOString()} ${line}`);
    this.running = await startProcesses({
      dataDir: this.folder,
      port: gateway!,
      gatewayPorts: [gateway2!],
      databasePort: database!,
      natsPort: natsNodes[0]!.port,
      natsNodes,
      healthPort: health!,
      replicas: REPLICAS,
      services: this.serviceNames,
      timeZone: 'UTC',
      firstOperator: OPERATOR,
      env: {
        PARTA_SMTP_URL: `smtp://127.0.0.1:${smtp}`,
        PARTA_MAIL_FROM: 'Журнал <journal@school.example>',
        PARTA_SMPP_URL: `smpp://parta:parta@127.0.0.1:${smpp}`,
        PARTA_SMS_SENDER: 'Parta',
        PARTA_NOTICE_COOL_DOWN_MINUTES: '0',
        PARTA_SMS_PER_SECOND: '200',
        PARTA_REQUESTS_PER_MINUTE: LIMITLESS,
        PARTA_REQUESTS_PER_MINUTE_PER_ADDRESS: LIMITLESS,
        PARTA_LOG_LEVEL: process.env.PARTA_FAULTS_LOG_LEVEL ?? 'warn',
      },
      step: log,
      log,
    });
    const { adminUrl, natsUrl, secrets } = this.running.installation;
    this.signer = await TokenSigner.fromJwk(secrets.signingKey);
    this.admin = new Pool({ connectionString: adminUrl, max: 5 });
    this.admin.on('error', () => undefined);
    this.bus = await Bus.connect(natsUrl, 'replicas');
  }

  async stop(): Promise<void> {
    await this.bus?.close().catch(() => undefined);
    await this.admin?.end().catch(() => undefined);
    await this.running?.stop();
    await this.mail?.stop();
    await this.sms?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Of a person with these grants, for two hours. */
  tokenOf(grants: Grant[]): Promise<string> {
    const actor = new Actor('account', crypto.randomUUID(), 'Иванова Анна', crypto.randomUUID(), grants, []);
    return this.signer.sign(actor, 7200, new Date());
  }

  /** All that runs more than once. */
  get victims(): Victim[] {
    return [...this.running.processes, ...this.running.installation.natsNodes];
  }

  /** What is not ready yet, or null: every process answers, and every stream has all its copies. */
  async notWhole(): Promise<string | null> {
    const addresses = [
      ...this.running.urls,
      ...this.serviceNames.flatMap((name) =>
        Array.from({ length: REPLICAS }, (_, i) => this.running.healthUrlOf(name, i + 1)),
      ),
    ];
    const answers = await Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(5000) });
        const text = await answer.text();
        return answer.status === 200 ? null : `${address}: ${text}`;
      }),
    );
    const found = answers.find((answer) => answer !== null);
    if (found) return found;
    for await (const { config, cluster } of this.bus.manager.streams.list()) {
      const behind = (cluster?.replicas ?? []).filter((one) => !one.current || one.offline);
      if (!cluster?.leader || behind.length > 0) return `${config.name} lacks a copy`;
      if (config.num_replicas !== 3) return `${config.name} has ${config.num_replicas} copies`;
    }
    return null;
  }

  async rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query(text, values)).rows as T[];
  }

  async count(table: string, where = 'true'): Promise<number> {
    return (await this.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`))[0]!.n;
  }
}
