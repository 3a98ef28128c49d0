import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import etag from '@fastify/etag';
import rateLimit from '@fastify/rate-limit';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Bus, FileStore, UPLOADS } from '@parta/platform-messaging';
import { createLogger, Metrics, NestLogger, Tracing, type Logger } from '@parta/platform-observability';
import { inTime, RpcClient, serveHealth, TokenVerifier, type Watched } from '@parta/platform-rpc';
import { describeApi } from './about.js';
import { AccessGuard } from './access.guard.js';
import { checkBodies } from './bodies.js';
import { Calls } from './calls.js';
import { Closing } from './closing.js';
import { Dispatcher } from './dispatcher.js';
import { Downloads } from './downloads.js';
import { EndedAccess } from './ended-access.js';
import { acceptForms } from './forms.js';
import { USUAL, type GatewayConfig, type GatewaySettings } from './gateway.config.js';
import { securityHeaders } from './headers.js';
import { registerHealth } from './health.js';
import { JwtStrategy } from './jwt.strategy.js';
import { leadReadersToThePage } from './letter-links.js';
import { LiveController } from './live.controller.js';
import { listenBeside, LOOPBACK } from './loopback.js';
import { controllersFor } from './operation-controllers.js';
import { operations } from './operations.js';
import { answerBrokenRequest, ProblemFilter } from './problem.filter.js';
import { CONFIG, RateLimits } from './rate-limits.js';
import { RefreshCookie } from './refresh-cookie.js';
import { endSlowBodies, timesOf, USUAL_PATIENCE } from './slow-requests.js';
import { answerUnknownPaths } from './unknown-paths.js';
import { Uploads } from './uploads.js';
import { serveWeb } from './web.js';

export { gatewaySettings } from './gateway.config.js';

/** JSON bodies are small: the largest command is a page of journal entries. */
const BODY_LIMIT = 256 * 1024;
/** How long a request has to come to an end when the gateway stops; whoever stops it waits 30 s before the kill. */
const PATIENCE_MS = 20_000;
const VERSION = '0.1.0';

@Module({})
class GatewayModule {
  static with(providers: Provider[]): DynamicModule {
    return {
      module: GatewayModule,
      imports: [PassportModule.register({ session: false })],
      controllers: [...controllersFor(operations), LiveController],
      providers: [
        ...providers,
        JwtStrategy,
        AccessGuard,
        RateLimits,
        RefreshCookie,
        Uploads,
        Downloads,
        Calls,
        Dispatcher,
        EndedAccess,
      ],
    };
  }
}

export interface RunningGateway {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the only HTTP edge.
 * @param neighbours services of the same process, whose health and metrics the gateway then answers for
 */
export async function startGateway(
  settings: GatewaySettings,
  neighbours: readonly Watched[] = [],
): Promise<RunningGateway> {
  const config: GatewayConfig = { ...USUAL, ...settings };
  const logger = createLogger('gateway');
  const metrics = new Metrics('gateway');
  const tracing = await Tracing.open('gateway');
  const bus = await Bus.connect(config.natsUrl, 'parta-gateway');
  const files = await FileStore.open(bus, UPLOADS.bucket, UPLOADS.keepDays, config.uploadsMaxBytes);
  const problems = new ProblemFilter(logger);
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.with([
      { provide: CONFIG, useValue: config },
      { provide: RpcClient, useValue: new RpcClient(bus.nats, tracing) },
      { provide: Tracing, useValue: tracing },
      { provide: FileStore, useValue: files },
      { provide: Bus, useValue: bus },
      { provide: TokenVerifier, useValue: new TokenVerifier(config.tokenKeys) },
    ]),
    new FastifyAdapter({
      bodyLimit: BODY_LIMIT,
      ...timesOf(config.patience ?? USUAL_PATIENCE),
      trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
      genReqId: (request: Pick<IncomingMessage, 'headers'>) =>
        correlationIdOf(request.headers['x-correlation-id']),
      routerOptions: { maxParamLength: 200 },
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
        problems.answer(error, request, reply),
      // Who stops answers what comes in until the end.
      return503OnClosing: false,
      clientErrorHandler: answerBrokenRequest,
    }),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  app.useGlobalFilters(problems);
  await prepare(app, config, metrics, logger);
  const fastify = app.getHttpAdapter().getInstance();
  const closing = new Closing(fastify.server);
  let isStopping = false;
  const watched: Watched[] = [
    {
      name: 'gateway',
      metrics,
      problems: async () => {
        const found = isStopping ? ['stopping'] : [];
        await inTime(bus.nats.flush()).catch(() => found.push('nats'));
        return found;
      },
    },
    ...neighbours,
  ];
  registerHealth(fastify, watched);
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    // The next request of this client is another gateway's.
    if (isStopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  describeApi(fastify, config, VERSION);
  if (config.webRoot) await serveWeb(fastify, config.webRoot);
  const isLocal = config.host === 'localhost';
  await app.listen(config.port, isLocal ? LOOPBACK.host : config.host);
  const beside = isLocal
    ? await listenBeside(fastify.server, LOOPBACK.beside, config.port).catch(async (error: Error) => {
        await app.close();
        throw error;
      })
    : undefined;
  const health =
    config.healthPort === undefined
      ? undefined
      : await serveHealth({ port: config.healthPort, host: config.healthHost }, watched, logger);
  logger.info({ port: config.port }, 'ready');
  return {
    url: `http://127.0.0.1:${config.port}`,
    stop: async () => {
      isStopping = true;
      await delay((config.drainSeconds ?? 0) * 1000);
      beside?.close();
      app.get(LiveController).endAll();
      const cut = await closing.during(() => app.close(), PATIENCE_MS);
      if (cut > 0) logger.warn({ cut }, 'requests were cut off');
      health?.close();
      await bus.close();
      await tracing.close();
      logger.info('stopped');
    },
  };
}

async function prepare(
  app: NestFastifyApplication,
  config: GatewayConfig,
  metrics: Metrics,
  logger: Logger,
): Promise<void> {
  await securityHeaders(app, config);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    done();
  });
  leadReadersToThePage(fastify);
  answerUnknownPaths(fastify, config.webRoot !== undefined);
  checkBodies(fastify, operations);
  endSlowBodies(fastify, operations, config.patience ?? USUAL_PATIENCE);
  await app.register(cookie);
  await app.register(compress, { threshold: 1024, encodings: ['gzip', 'deflate'] });
  await app.register(etag, { weak: true });
  await app.register(rateLimit, {
    max: config.requestsPerMinutePerAddress,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, context) =>
      Object.assign(new Error('too many requests from this address'), {
        statusCode: 429,
        details: { retryAfter: Math.ceil(context.ttl / 1000) },
      }),
  });
  // Uploads are streamed to the file store, which counts the bytes; Fastify must not gather them.
  for (const type of new Set(operations.flatMap((operation) => operation.http?.upload?.contentType ?? []))) {
    fastify.addContentTypeParser(type, { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, payload, done) =>
      done(null, payload),
    );
  }
  acceptForms(fastify, operations);
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe(
      { operation: `${request.method} ${route}`, outcome: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    logger.debug(
      {
        correlationId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
    done();
  });
}

const correlationIdOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
