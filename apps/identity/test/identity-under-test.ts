import { startSession, type SessionView } from '@parta/contracts-identity';
import type { Envelope, Fact, Operation } from '@parta/platform-contract';
import { handleFact } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';
import { TokenVerifier, type Actor, type CallCircumstances } from '@parta/platform-rpc';
import { createTestKeys, startServiceBench, type ServiceBench } from '@parta/platform-testing';
import { identityMigrations, identityService, type IdentityConfig } from '../src/identity.js';
import { subscriptions } from '../src/integration/subscriptions.js';
import { ForwardClock } from './clock.js';

export const OPERATOR = { login: 'operator', password: 'Тихая гавань 17' };

/** The identity service on real servers, with a database of its own and a clock to move. */
export class IdentityUnderTest {
  private constructor(
    readonly bench: ServiceBench,
    readonly clock: ForwardClock,
  ) {}

  static async start(config: Partial<IdentityConfig> = {}): Promise<IdentityUnderTest> {
    const keys = await createTestKeys();
    const clock = new ForwardClock();
    const definition = identityService({ signingKey: keys.privateJwk, firstOperator: OPERATOR, ...config });
    return new IdentityUnderTest(
      await startServiceBench(definition, identityMigrations, { keys, clock }),
      clock,
    );
  }

  stop(): Promise<void> {
    return this.bench.stop();
  }

  call<I extends object, O extends object>(
    operation: Operation<I, O>,
    input: I | object,
    about: CallCircumstances | string | null = {},
  ): Promise<O> {
    return this.bench.rpc.call(
      operation,
      input,
      typeof about === 'string' ? { token: about } : (about ?? {}),
    );
  }

  signIn(
    login: string,
    password: string,
    about: CallCircumstances = {},
    device?: string,
  ): Promise<SessionView> {
    return this.call(
      startSession,
      { login, password, ...(device && { device }) },
      { address: '192.0.2.1', userAgent: 'test', ...about },
    );
  }

  async operatorToken(): Promise<string> {
    return (await this.signIn(OPERATOR.login, OPERATOR.password)).accessToken;
  }

  /** What an access token says. */
  actorOf(token: string): Promise<Actor> {
    return new TokenVerifier(this.bench.keys.keySet).verify(token);
  }

  /** Has identity hear a fact, without the way over the stream. */
  async hear<D extends object>(
    fact: Fact<D>,
    schoolId: string,
    aggregateId: string,
    data: D,
    version = 1,
  ): Promise<void> {
    const reaction = subscriptions((type) => this.bench.service.get(type)).find(
      (r) => r.fact.type === fact.type,
    )!;
    const envelope = envelopeOf(fact, schoolId, aggregateId, data, version);
    await this.bench.service
      .get(Database)
      .write({ schools: [schoolId] }, () => handleFact(reaction, envelope));
  }

  async rows<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.bench.admin.query(text, values)).rows as T[];
  }

  /** The facts identity has published about an aggregate, in their order. */
  async published(type: string, aggregateId: string): Promise<Envelope[]> {
    const rows = await this.rows<{ envelope: string }>(
      'select envelope from identity.outbox order by position',
    );
    return rows
      .map((row) => JSON.parse(row.envelope) as Envelope)
      .filter((envelope) => envelope.type === type && envelope.aggregateId === aggregateId);
  }
}

const envelopeOf = <D extends object>(
  fact: Fact<D>,
  schoolId: string,
  aggregateId: string,
  data: D,
  aggregateVersion: number,
): Envelope<D> => ({
  id: crypto.randomUUID(),
  type: fact.type,
  version: fact.version,
  source: fact.service,
  schoolId,
  aggregateId,
  aggregateVersion,
  occurredAt: new Date().toISOString(),
  actor: null,
  correlationId: crypto.randomUUID(),
  causationId: null,
  data,
});
