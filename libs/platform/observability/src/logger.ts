import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { correlation } from './correlation.js';

/** Values under these keys never reach a log line. */
const SECRET_KEYS = [
  'password',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'secret',
  'clientSecret',
];

/** JSON lines with the service's name and the correlation id. PARTA_LOG_LEVEL: fatal|error|warn|info|debug|trace|silent. */
export function createLogger(service: string, level = process.env.PARTA_LOG_LEVEL ?? 'info'): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[removed]' },
    mixin: () => {
      const here = correlation.get();
      return here ? { correlationId: here.correlationId } : {};
    },
  });
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
