import {
  Module,
  type DynamicModule,
  type INestApplicationContext,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_INTERCEPTOR, NestFactory, Reflector } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { Bus, Outbox, ParkedFacts, wakeRelayOf, type Reaction } from '@parta/platform-messaging';
import { createLogger, Metrics, NestLogger, Tracing, type Logger } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Clock } from './clock.js';
import { OperationInterceptor } from './operation.interceptor.js';
import {
  LOGGER,
  type Class,
  type Get,
  type ServiceDefinition,
  type ServiceSurroundings,
} from './service-definition.js';
import { parkedFactsControllerOf } from './parked-facts.controller.js';
import { TokenVerifier } from './tokens.js';

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
  static of(service: string, platform: DynamicModule, module: Type): DynamicModule {
    return {
      module: ServiceRoot,
      imports: [platform, ScheduleModule.forRoot(), module],
      controllers: [parkedFactsControllerOf(service)],
    };
  }
}

/** A service put together, with nothing running yet: no requests answered, no facts published or heard. */
export interface Assembly<A extends INestApplicationContext = INestApplicationContext> {
  app: A;
  database: Database;
  bus: Bus;
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing;
  reactions: Reaction[];
  get: Get;
  close(): Promise<void>;
}

/**
 * Opens the service's database and bus and makes its module.
 * @param create makes the Nest application of the given root module
 * @param wake called after a commit that left facts in the outbox; the service's relay is told unless given
 */
export async function assemble<A extends INestApplicationContext>(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
  create: (root: DynamicModule, logger: NestLogger) => Promise<A>,
  wake?: () => void,
): Promise<Assembly<A>> {
  const { name } = definition;
  const logger = createLogger(name);
  const metrics = new Metrics(name);
  const tracing = await Tracing.open(name);
  const bus = await Bus.connect(surroundings.natsUrl, `parta-${name}`);
  const database = await Database.open({
    service: surroundings.schema ?? name,
    searchPath: surroundings.schema,
    url: surroundings.databaseUrl,
    entities: definition.entities,
    keepsPlans: definition.keepsPlans,
    poolSize: surroundings.poolSize,
    isSilent: surroundings.isSilent,
    tracing,
  });
  const tokens = new TokenVerifier(surroundings.tokenKeys);
  // Filled once the module's providers, which react, are there.
  const reactions: Reaction[] = [];
  const platform = PlatformModule.with([
    { provide: LOGGER, useValue: logger },
    { provide: Metrics, useValue: metrics },
    { provide: Bus, useValue: bus },
    { provide: Database, useValue: database },
    {
      provide: Outbox,
      useValue: new Outbox(database, name, wake ?? (() => wakeRelayOf(name, bus)), tracing),
    },
    { provide: ParkedFacts, useValue: new ParkedFacts(database, reactions) },
    { provide: TokenVerifier, useValue: tokens },
    { provide: Clock, useValue: surroundings.clock ?? new Clock() },
    {
      provide: APP_INTERCEPTOR,
      useFactory: (reflector: Reflector) =>
        new OperationInterceptor(reflector, database, tokens, logger, metrics, tracing),
      inject: [Reflector],
    },
    ...(definition.providers ?? []),
  ]);
  const app = await create(ServiceRoot.of(name, platform, definition.module), new NestLogger(logger));
  const get: Get = <T>(type: Class<T>) => app.get(type, { strict: false });
  reactions.push(...(definition.subscriptions?.(get) ?? []));
  return {
    app,
    database,
    bus,
    logger,
    metrics,
    tracing,
    reactions,
    get,
    close: async () => {
      await bus.close();
      await database.close();
      await tracing.close();
    },
  };
}

/** A service's use cases without the service: for work beside it, such as bringing in what happened before Parta. */
export async function openService(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
): Promise<Assembly> {
  const assembly = await assemble(definition, surroundings, (root, logger) =>
    NestFactory.createApplicationContext(root, { logger, abortOnError: false }),
  );
  return {
    ...assembly,
    close: async () => {
      await assembly.app.close();
      await assembly.close();
    },
  };
}
