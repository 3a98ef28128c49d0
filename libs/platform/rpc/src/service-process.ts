import { readFileSync } from 'node:fs';
import { createLogger } from '@parta/platform-observability';
import type { JSONWebKeySet } from 'jose';
import type { ServiceDefinition, ServiceSurroundings } from './service-definition.js';
import { startService } from './service.js';
import { settingsOfProcess } from './settings/of-process.js';
import { shownSettings, type Settings } from './settings/read.js';
import type { Reader } from './settings/setting.js';

/** Where a process that is one of many answers for its health, unless it is said otherwise. */
export const HEALTH_PORT = 3000;

/**
 * What every service process is told of its surroundings.
 * @throws Error naming the setting that is missing
 */
export function surroundingsFrom(settings: Settings): ServiceSurroundings {
  const { PARTA_DATABASE_URL_FILE: urlFile } = settings;
  return {
    databaseUrl: urlFile ? readFileSync(urlFile, 'utf8').trim() : needed(settings, 'PARTA_DATABASE_URL'),
    natsUrl: needed(settings, 'NATS_URL'),
    tokenKeys: JSON.parse(readFileSync(needed(settings, 'PARTA_TOKEN_KEYS_FILE'), 'utf8')) as JSONWebKeySet,
    healthPort: settings.PARTA_HEALTH_PORT ?? HEALTH_PORT,
    healthHost: settings.PARTA_HEALTH_HOST,
    poolSize: settings.PARTA_POOL_SIZE,
  };
}

/**
 * The value of a setting that a process cannot do without.
 * @throws Error naming it
 */
export function needed<K extends keyof Settings>(settings: Settings, name: K): NonNullable<Settings[K]> {
  const value = settings[name];
  if (value === undefined || value === null) throw new Error(`${name} is not set`);
  return value;
}

/** Runs a service as its own process until SIGTERM or SIGINT. */
export async function runServiceProcess(
  definition: ServiceDefinition,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const reader = definition.name as Reader;
  const settings = settingsOfProcess(reader, env);
  createLogger(definition.name).info({ settings: shownSettings(env, reader) }, 'settings');
  const service = await startService(definition, surroundingsFrom(settings));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void service.stop().then(() => process.exit(0));
    });
  }
}
