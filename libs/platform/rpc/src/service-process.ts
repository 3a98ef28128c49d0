import { readFileSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';
import type { ServiceDefinition, ServiceSurroundings } from './service-definition.js';
import { startService } from './service.js';

/**
 * What every service process takes from its environment: PARTA_DATABASE_URL (the runtime role; or the name of a file that
 * holds it in PARTA_DATABASE_URL_FILE), NATS_URL,
 * PARTA_TOKEN_KEYS_FILE (identity's public keys), PARTA_HEALTH_PORT (3000 unless said), PARTA_HEALTH_HOST
 * (all addresses unless said), PARTA_POOL_SIZE.
 * @throws Error naming the variable that is missing
 */
export function surroundingsFrom(env: NodeJS.ProcessEnv): ServiceSurroundings {
  const must = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    databaseUrl: env.PARTA_DATABASE_URL_FILE
      ? readFileSync(env.PARTA_DATABASE_URL_FILE, 'utf8').trim()
      : must('PARTA_DATABASE_URL'),
    natsUrl: must('NATS_URL'),
    tokenKeys: JSON.parse(readFileSync(must('PARTA_TOKEN_KEYS_FILE'), 'utf8')) as JSONWebKeySet,
    healthPort: Number(env.PARTA_HEALTH_PORT ?? 3000),
    healthHost: env.PARTA_HEALTH_HOST,
    poolSize: env.PARTA_POOL_SIZE ? Number(env.PARTA_POOL_SIZE) : undefined,
  };
}

/** Runs a service as its own process until SIGTERM or SIGINT. */
export async function runServiceProcess(
  definition: ServiceDefinition,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const service = await startService(definition, surroundingsFrom(env));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void service.stop().then(() => process.exit(0));
    });
  }
}
