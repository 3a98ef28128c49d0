import * as contingent from '@parta/contracts-contingent';
import * as curriculum from '@parta/contracts-curriculum';
import * as diary from '@parta/contracts-diary';
import * as identity from '@parta/contracts-identity';
import * as journal from '@parta/contracts-journal';
import * as notifications from '@parta/contracts-notifications';
import * as reporting from '@parta/contracts-reporting';
import type { RunningGateway } from '@parta/gateway';
import {
  operationsIn,
  operationsOfTheGateway,
  parkedFactOperationsOf,
  ROLES,
  STAFF_ROLES,
  type Operation,
  type Role,
} from '@parta/platform-contract';
import { DomainError, type PlainError } from '@parta/platform-errors';
import { FileStore, UPLOADS } from '@parta/platform-messaging';
import { startService, type Grant, type RunningService } from '@parta/platform-rpc';
import { eventually, openTestBed, TestClock, type TestBed } from '@parta/platform-testing';
import { factsOnTheirWay } from '../../src/backlog.js';
import { migrationSets, services } from '../../src/services.js';
import { gatewayOn } from '../gateway-on.js';
import { clients, recordsOf, RELATIONS, type Caller, type Records, type Relation } from './relations.js';
import { putRows } from './rows.js';
import { NOW, testRegion, type TestRegion } from './schools.js';
import { tellRegion } from './tell-region.js';
import { Writes } from './writes.js';

const CONTRACTS = { identity, contingent, curriculum, journal, diary, notifications, reporting };

export const keyOf = (operation: Operation): string => `${operation.service}.${operation.name}`;

/** Every operation there is: whatever the contracts export, what each service has beside them, and the gateway's own. */
export function everyOperation(): Operation[] {
  return [
    ...operationsOfTheGateway,
    ...Object.entries(CONTRACTS).flatMap(([service, contract]) => [
      ...operationsIn(contract),
      ...Object.values(parkedFactOperationsOf(service) as Record<string, Operation>),
    ]),
  ];
}

/** All services on one NATS server and one database, with the region of `schools.ts` in them. */
export class AuthorisationBed {
  readonly region = testRegion(ROLES);
  callers: Caller[];
  writes: Writes;
  files: FileStore;
  private gateway: RunningGateway;
  private readonly running: RunningService[] = [];
  private readonly known = new Map<Role | null, Record<Relation, Records>>();

  private constructor(private readonly bed: TestBed) {}

  static async open(): Promise<AuthorisationBed> {
    const bed = new AuthorisationBed(await openTestBed(migrationSets));
    await bed.start();
    return bed;
  }

  private async start(): Promise<void> {
    const { bed, region } = this;
    const clock = new TestClock(new Date(NOW));
    const definitions = services({
      secrets: { signingKey: bed.keys.privateJwk } as never,
      firstOperator: { login: 'operator', password: 'first password' },
      timeZone: 'UTC',
    });
    for (const definition of definitions)
      this.running.push(await startService(definition, { ...bed.surroundingsOf(definition.name), clock }));
    this.files = await FileStore.open(bed.bus, UPLOADS.bucket, UPLOADS.keepDays);
    this.gateway = await gatewayOn(bed.natsUrl, bed.keys, {
      requestsPerMinute: 1_000_000,
      requestsPerMinutePerAddress: 1_000_000,
      signInsPerMinutePerAddress: 1_000_000,
    });
    await tellRegion(bed.bus, region);
    await eventually(
      async () => {
        const left = await factsOnTheirWay(bed.database.adminUrl, bed.natsUrl);
        if (left > 0) throw new Error(`${left} facts on their way`);
      },
      { timeoutMs: 60_000 },
    );
    await putRows(bed.admin, region);
    await this.lookUp(region);
    this.callers = [
      { name: 'nobody', role: null, token: null },
      ...(await Promise.all(ROLES.map((role) => this.holderOf(role)))),
      await this.client('a system with every scope', identity.CLIENT_SCOPES),
      await this.client('a system without a scope', []),
    ];
    this.writes = await Writes.watch(bed.admin, Object.keys(CONTRACTS));
  }

  /** What the services have made up themselves. */
  private async lookUp({ own, foreign }: TestRegion): Promise<void> {
    for (const school of [own, foreign]) {
      const { rows } = await this.bed.admin.query<{ workTypeId: string; grantId: string }>(
        `select id as "workTypeId", identity.roster_grant_id($1, $2, 'librarian') as "grantId"
         from journal.work_types where school_id = $1 limit 1`,
        [school.schoolId, school.librarianId],
      );
      Object.assign(school, rows[0]);
    }
  }

  /** Where the gateway in front of the services answers. */
  get url(): string {
    return this.gateway.url;
  }

  /** One more in front of the same services. */
  anotherGateway(): Promise<RunningGateway> {
    return gatewayOn(this.bed.natsUrl, this.bed.keys);
  }

  /** Says something on core NATS, after everything said before. */
  say(subject: string, message: object): void {
    this.bed.bus.nats.publish(subject, JSON.stringify(message));
  }

  /** Somebody with a role in the own school, and with what more is said. */
  async holderOf(role: Role, more: Grant[] = []): Promise<Caller> {
    const { own, holders } = this.region;
    const { personId, accountId } = holders[role];
    const [cls] = own.classes;
    const isRegional = role === 'regional-operator';
    const grant: Grant = {
      role,
      schoolId: isRegional ? null : own.schoolId,
      personId: isRegional ? null : personId,
      ...(['homeroom-teacher', 'group-curator'].includes(role) && { classIds: [cls!.classId] }),
      ...(!isRegional && !STAFF_ROLES.includes(role) && { studentIds: [cls!.families[0]!.studentId] }),
    };
    return { name: role, role, token: await this.bed.keys.tokenOf([grant, ...more], { accountId }) };
  }

  private async client(name: string, scopes: readonly string[]): Promise<Caller> {
    const token = await this.bed.keys.clientToken(clients.own.clientId, [...scopes]);
    return { name, role: null, token, scopes };
  }

  callerOf(role: Role): Caller {
    return this.callers.find((one) => one.role === role)!;
  }

  recordsOf({ role }: Caller): Record<Relation, Records> {
    let records = this.known.get(role);
    if (!records) {
      records = Object.fromEntries(
        RELATIONS.map((relation) => [relation, recordsOf(this.region, role, relation)]),
      ) as Record<Relation, Records>;
      this.known.set(role, records);
    }
    return records;
  }

  /** Calls the owning service itself, past the gateway; the gateway's own operations over HTTP. */
  async call(operation: Operation, input: Record<string, unknown>, token: string | null): Promise<object> {
    if (operation.service !== 'gateway') return this.bed.rpc.call(operation, input, { token });
    const { status, body } = await this.request(operation, token, input);
    if (status < 300) return body;
    throw new DomainError(KIND_OF[status] ?? 'unavailable', (body as PlainError).code, `HTTP ${status}`);
  }

  /** Comes to the door with nothing but the token. */
  async knock(operation: Operation, token: string | null): Promise<{ status: number; code: string }> {
    const { status, body } = await this.request(operation, token);
    return { status, code: (body as PlainError).code };
  }

  private async request(
    operation: Operation,
    token: string | null,
    input?: object,
  ): Promise<{ status: number; body: object }> {
    const { method, path } = operation.http!;
    const hasBody = method !== 'GET' && input;
    const answer = await fetch(this.gateway.url + path.replace(/\{\w+\}/g, 'x'), {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(hasBody && { 'content-type': 'application/json' }),
      },
      ...(hasBody && { body: JSON.stringify(input) }),
    });
    return { status: answer.status, body: (await answer.json()) as object };
  }

  async close(): Promise<void> {
    await this.gateway?.stop();
    await Promise.all(this.running.map((service) => service.stop()));
    await this.bed.close();
  }
}

const KIND_OF: Record<number, DomainError['kind']> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
};
