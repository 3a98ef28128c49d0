import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FactConsumer, OutboxRelay, Turns } from '@parta/platform-messaging';
import { assemble } from './assembly.js';
import { serveHealth } from './health-server.js';
import { inTime } from './in-time.js';
import { RpcServer } from './rpc-server.js';
import type { RunningService, ServiceDefinition, ServiceSurroundings } from './service-definition.js';

/** How long facts that are being handled have to come to an end when the service stops. */
const DRAIN_MS = 3000;
/** From when on it is said that facts wait to be published. */
const BEHIND_SECONDS = 60;

/** Starts a service: database, bus, use cases over request/reply, relay and consumers. */
export async function startService(
  definition: ServiceDefinition,
  surroundings: ServiceSurroundings,
): Promise<RunningService> {
  const { name } = definition;
  let wake = (): void => undefined;
  const assembly = await assemble(
    definition,
    surroundings,
    (root, logger) =>
      NestFactory.createMicroservice<MicroserviceOptions>(root, {
        strategy: new RpcServer(name, surroundings.natsUrl),
        logger,
        abortOnError: false,
      }),
    () => wake(),
  );
  const { app, bus, database, logger, metrics, tracing, reactions, get } = assembly;
  await bus.ensureStream(name);
  const relay = new OutboxRelay(name, database, bus, logger, metrics, tracing, definition.wordOf);
  wake = () => relay.wake();
  const producers = [...new Set(reactions.map((r) => r.fact.service))];
  for (const producer of producers)
    if (!definition.hears?.includes(producer))
      throw new Error(`${name} reacts to facts of ${producer}, which it does not say it hears`);
  const consumers = producers.map(
    (producer) =>
      new FactConsumer(
        name,
        producer,
        reactions.filter((r) => r.fact.service === producer),
        database,
        bus,
        logger,
        metrics,
        tracing,
        definition.gatherMs,
      ),
  );
  await app.listen();
  relay.start();
  for (const consumer of consumers) await consumer.prepare();
  const turns = new Turns(
    consumers.map((consumer) => ({
      name: `consumer:${consumer.name}`,
      begin: () => consumer.resume(),
      end: () => consumer.pause(),
    })),
    database,
    logger,
  );
  turns.start();

  let isStopping = false;
  const warnings = (): string[] => [
    ...(relay.behindSeconds > BEHIND_SECONDS
      ? [`facts wait to be published for ${Math.round(relay.behindSeconds)} s`]
      : []),
    ...(definition.warnings?.(get) ?? []),
  ];
  const problems = async (): Promise<string[]> => {
    const found: string[] = isStopping ? ['stopping'] : [];
    await inTime(database.pool.query('select 1')).catch(() => found.push('database'));
    await inTime(bus.nats.flush()).catch(() => found.push('nats'));
    return found;
  };
  const health =
    surroundings.healthPort === undefined
      ? undefined
      : await serveHealth(
          { port: surroundings.healthPort, host: surroundings.healthHost },
          [{ name, metrics, problems, warnings }],
          logger,
        );
  logger.info('ready');

  return {
    name,
    metrics,
    problems,
    warnings,
    get,
    stop: async () => {
      // Not ready any more, then no new requests, then what is under way to its end; only then the rest.
      isStopping = true;
      await app.close();
      const heard = Promise.all(consumers.map((consumer) => consumer.stop()));
      // A list of facts may be the work of a minute; it is rolled back, and heard again at the next start.
      const patience = setTimeout(() => database.endWork(), DRAIN_MS);
      await heard;
      clearTimeout(patience);
      await turns.stop();
      await relay.stop();
      health?.close();
      await assembly.close();
      logger.info('stopped');
    },
  };
}
