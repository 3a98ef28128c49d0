import { createServer, type Server } from 'node:http';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_INTERCEPTOR, NestFactory, Reflector } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import {
  Bus,
  FactConsumer,
  Outbox,
  OutboxRelay,
  ParkedFacts,
  type Reaction,
} from '@parta/platform-messaging';
import { createLogger, Metrics, NestLogger, type Logger } from '@parta/platform-observability';
import { Database, type DatabaseOptions } from '@parta/platform-persistence';
import type { JSONWebKeySet } from 'jose';
import { Clock } from './clock.js';
import { OperationInterceptor } from './operation.interceptor.js';
import { TokenVerifier } from './tokens.js';

/** Finds a provider by its class. */
export type Get = <T>(type: Class<T>) => T;
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- classes with a private constructor are providers too
type Class<T> = Function & { prototype: T };

/** What makes a service: its module, its entities, and the facts it listens to. */
export interface ServiceDefinition {
  name: string;
  module: Type;
  entities: DatabaseOptions['entities'];
  /** the table of consumers, built from the module's providers */
  subscriptions?: (get: Get) => Reaction[];
  /** values the service's own configuration provides to its module */
  providers?: Provider[];
}

export interface ServiceSurroundings {
  databaseUrl: string;
  natsUrl: string;
  tokenKeys: JSONWebKeySet;
  /** port of /health and /metrics; none in the single process, where the gateway answers for all */
  healthPort?: number;
  poolSize?: number;
  streamReplicas?: number;
  clock?: Clock;
}

export interface RunningService {
  name: string;
  get: Get;
  metrics: Metrics;
  /** names what is not right; empty when ready */
  problems(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Token of the service's pino logger. */
export const LOGGER = Symbol.for('parta:logger');

/** The platform's providers, visible in every module of a service. */
@Module({})
class PlatformModule {
  static with(providers: Provider[]): DynamicModule {
    const interceptor = (provider: Provider): boolean =>
      'provide' in provider && provider.provide === APP_INTERCEPTOR;
    return {
      module: PlatformModule,
      global: true,
      providers,
      exports: providers.filter((p) => !interceptor(p)),
    };
  }
}

@Module({})
class ServiceRoot {
  static of(platform: DynamicModule, module: Type): DynamicModule {
    return { module: ServiceRoot, imports: [platform, module] };
  }
}

/** Starts a service: database, bus, use cases over request/reply, relay and consumers. */
export async function startService(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
): Promise<RunningService> {
  const { name } = definition;
  const logger = createLogger(name);
  const metrics = new Metrics(name);
  const bus = await Bus.connect(surroundings.natsUrl, `parta-${name}`);
  const database = await Database.open({
    service: name,
    url: surroundings.databaseUrl,
    entities: definition.entities,
    poolSize: surroundings.poolSize,
  });
  await bus.ensureStream(name, surroundings.streamReplicas);
  const relay = new OutboxRelay(name, database, bus, logger, metrics);
  const outbox = new Outbox(database, name, () => relay.wake());
  const tokens = new TokenVerifier(surroundings.tokenKeys);

  const platform = PlatformModule.with([
    { provide: LOGGER, useValue: logger },
    { provide: Metrics, useValue: metrics },
    { provide: Bus, useValue: bus },
    { provide: Database, useValue: database },
    { provide: Outbox, useValue: outbox },
    { provide: TokenVerifier, useValue: tokens },
    { provide: Clock, useValue: surroundings.clock ?? new Clock() },
    {
      provide: APP_INTERCEPTOR,
      useFactory: (reflector: Reflector) =>
        new OperationInterceptor(reflector, database, tokens, logger, metrics),
      inject: [Reflector],
    },
    ...(definition.providers ?? []),
  ]);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    ServiceRoot.of(platform, definition.module),
    {
      transport: Transport.NATS,
      options: {
        servers: surroundings.natsUrl.split(','),
        queue: name,
        name: `parta-${name}-rpc`,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        gracefulShutdown: true,
        gracePeriod: 1000,
      },
      logger: new NestLogger(logger),
      abortOnError: false,
    },
  );
  const get: Get = (type) => app.get(type, { strict: false });
  const reactions = definition.subscriptions?.(get) ?? [];
  const parked = new ParkedFacts(database, reactions);

  const consumers = [...new Set(reactions.map((r) => r.fact.service))].map(
    (producer) =>
      new FactConsumer(
        name,
        producer,
        reactions.filter((r) => r.fact.service === producer),
        database,
        bus,
        logger,
        metrics,
      ),
  );
  await app.listen();
  relay.start();
  for (const consumer of consumers) await consumer.start(surroundings.streamReplicas);

  const problems = async (): Promise<string[]> => {
    const found: string[] = [];
    await database.pool.query('select 1').catch(() => found.push('database'));
    if (bus.nats.isClosed()) found.push('nats');
    else await bus.nats.flush().catch(() => found.push('nats'));
    return found;
  };
  const health =
    surroundings.healthPort === undefined
      ? undefined
      : await serveHealth(surroundings.healthPort, problems, metrics, logger);
  logger.info('ready');

  return {
    name,
    metrics,
    problems,
    get: <T>(type: Class<T>) => ((type as unknown) === ParkedFacts ? (parked as T) : get(type)),
    stop: async () => {
      await app.close();
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await relay.stop();
      health?.close();
      await bus.close();
      await database.close();
      logger.info('stopped');
    },
  };
}

async function serveHealth(
  port: number,
  problems: () => Promise<string[]>,
  metrics: Metrics,
  logger: Logger,
): Promise<Server> {
  metrics.collectProcessMetrics();
  const server = createServer((request, response) => {
    void (async () => {
      if (request.url === '/health/live') return response.writeHead(200).end('live');
      if (request.url === '/health/ready') {
        const found = await problems();
        return response
          .writeHead(found.length ? 503 : 200)
          .end(found.length ? `not ready: ${found.join(', ')}` : 'ready');
      }
      if (request.url === '/metrics') {
        return response
          .writeHead(200, { 'content-type': metrics.registry.contentType })
          .end(await metrics.registry.metrics());
      }
      return response.writeHead(404).end();
    })().catch((error: unknown) => {
      logger.error({ err: error }, 'health endpoint failed');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  return server;
}
