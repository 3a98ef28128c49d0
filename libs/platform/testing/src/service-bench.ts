import { subjectOf, type Fact } from '@parta/platform-contract';
import type { Bus } from '@parta/platform-messaging';
import type { MigrationSet } from '@parta/platform-persistence';
import { Clock, startService, type RunningService, type ServiceDefinition } from '@parta/platform-rpc';
import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { openTestBed, type TestBed } from './test-bed.js';
import type { TestKeys } from './tokens.js';

/** A clock that stands where the test puts it. */
export class TestClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  override now(): Date {
    return this.instant;
  }

  set(instant: Date | string): void {
    this.instant = new Date(instant);
  }
}

/** One service in a bed of its own. */
export interface ServiceBench extends Pick<TestBed, 'rpc' | 'bus' | 'keys' | 'database'> {
  readonly service: RunningService;
  /** a superuser's connection, to look behind the service's back; it works in the service's schema */
  admin: Client;
  /** publishes a fact as its producer would */
  publish<D extends object>(fact: Fact<D>, about: PublishedAbout, data: D): Promise<void>;
  /** Stops the service, and starts it again when that is done. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a service for a spec file. */
export async function startServiceBench(
  definition: ServiceDefinition,
  migrations: MigrationSet,
  options: { clock?: Clock; keys?: TestKeys } = {},
): Promise<ServiceBench> {
  const bed = await openTestBed([migrations], options.keys);
  const surroundings = bed.surroundingsOf(migrations.service);
  const start = (): Promise<RunningService> =>
    startService(definition, { ...surroundings, clock: options.clock });
  let service = await start();
  await bed.admin.query(`set search_path to "${migrations.service}"`);
  const { rpc, bus, keys, database, admin } = bed;
  return {
    get service() {
      return service;
    },
    rpc,
    bus,
    keys,
    database,
    admin,
    publish: (fact, about, data) => publishFact(bus, fact, about, data),
    restart: async (meanwhile) => {
      await service.stop();
      await meanwhile();
      service = await start();
    },
    stop: async () => {
      await service.stop();
      await bed.close();
    },
  };
}

export interface PublishedAbout {
  schoolId: string | null;
  aggregateId: string;
  version: number;
  /** now unless said */
  occurredAt?: Date;
}

/** Publishes a fact as its producer would. */
export async function publishFact<D extends object>(
  bus: Bus,
  fact: Fact<D>,
  about: PublishedAbout,
  data: D,
): Promise<void> {
  await bus.ensureStream(fact.service);
  const id = uuidv7();
  await bus.jetStream.publish(
    subjectOf(fact.type, about.schoolId),
    JSON.stringify({
      id,
      type: fact.type,
      version: fact.version,
      source: fact.service,
      schoolId: about.schoolId,
      aggregateId: about.aggregateId,
      aggregateVersion: about.version,
      occurredAt: (about.occurredAt ?? new Date()).toISOString(),
      actor: null,
      correlationId: id,
      causationId: null,
      data,
    }),
  );
}
