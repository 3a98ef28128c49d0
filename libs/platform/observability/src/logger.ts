import { constants } from 'node:os';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { correlation } from './correlation.js';

/** Values under these keys never reach a log line. */
const SECRET_KEYS = [
  'password',
  'currentPassword',
  'newPassword',
  'initialPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'clientSecret',
  // As OAuth writes them.
  'access_token',
  'refresh_token',
  'client_secret',
  // Of invitations and of contacts.
  'code',
];

/** The codes of errors: Parta's own, of SQL, of Node and its libraries. A line is understood by them. An invitation's is longer. */
const OF_AN_ERROR = /^([a-z-]+(\.[\w-]+)+|\d[0-9A-Z]{4}|E[A-Z]{2,10}|[A-Z]+(_[A-Z0-9]+)+)$/;
const OF_THE_SYSTEM = new Set(Object.keys(constants.errno));

function censor(value: unknown, path: string[]): unknown {
  const isOfError = typeof value === 'string' && (OF_AN_ERROR.test(value) || OF_THE_SYSTEM.has(value));
  if (path.at(-1) === 'code' && isOfError) return value;
  return '[removed]';
}

/** JSON lines with the service's name and the correlation id. PARTA_LOG_LEVEL: fatal|error|warn|info|debug|trace|silent. */
export function createLogger(
  service: string,
  level = process.env.PARTA_LOG_LEVEL ?? 'info',
  to?: DestinationStream,
): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor },
    mixin: () => {
      const here = correlation.get();
      return here ? { correlationId: here.correlationId } : {};
    },
  } satisfies LoggerOptions;
  return to ? pino(options, to) : pino(options);
}

/** Nest's own messages through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: string) {
    this.logger.debug({ context }, String(message));
  }
  error(message: unknown, ...rest: unknown[]) {
    this.logger.error(
      { context: rest.at(-1), err: message instanceof Error ? message : undefined, stack: rest[0] },
      String(message),
    );
  }
  warn(message: unknown, context?: string) {
    this.logger.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string) {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string) {
    this.logger.trace({ context }, String(message));
  }
  fatal(message: unknown, context?: string) {
    this.logger.fatal({ context }, String(message));
  }
}

export type { Logger };
