import type { Reader, Setting } from './setting.js';
import { SETTINGS } from './table.js';

type Table = typeof SETTINGS;
export type SettingName = keyof Table;

/** The values of all settings; those that are not set have their defaults. */
export type Settings = {
  readonly [K in SettingName]: Table[K] extends Setting<infer T, infer D> ? T | D : never;
};

const table = SETTINGS as Record<string, Setting<unknown, unknown>>;
/** Variables of Parta's own tools and of the compose file, which are no settings of a process. */
const OF_TOOLS =
  /^PARTA_(FAULTS|BENCH|SCAN|REPLICAS|TEST|COMPOSE|POSTGRES|DOOR|RECEIVERS)_|^PARTA_(CHROMIUM|API|URL)$/;

/** A value that a setting cannot have; the message has a sentence for each. */
export class SettingsError extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'SettingsError';
  }
}

/**
 * Reads the settings that a process honours. An empty value counts as none.
 * @throws SettingsError with one sentence for each value that cannot be used; a secret is not repeated
 */
export function readSettings(env: NodeJS.ProcessEnv, reader: Reader): Settings {
  const sentences: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { kind, of, otherwise, otherwiseAtStart, isSecret }] of Object.entries(table)) {
    values[name] = reader === 'start' && otherwiseAtStart !== undefined ? otherwiseAtStart : otherwise;
    const given = env[name];
    if (!given || !of.includes(reader)) continue;
    const value = kind.read(given);
    if (value === undefined)
      sentences.push(`${name} has to be ${kind.says}${isSecret ? '' : `, not "${given}"`}.`);
    else values[name] = value;
  }
  if (sentences.length > 0) throw new SettingsError(sentences);
  return values as Settings;
}

/** What is set for a process, as it may be shown: passwords are masked. */
export function shownSettings(env: NodeJS.ProcessEnv, reader: Reader): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, { of, isSecret }]) => {
      const given = env[name];
      return given && of.includes(reader) ? [[name, isSecret ? masked(given) : given]] : [];
    }),
  );
}

/** Variables named as Parta's settings are that no process honours: misspelt, most likely. */
export const unknownSettings = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('PARTA_') && !OF_TOOLS.test(name) && !Object.hasOwn(table, name))
    .sort();

/** The environment of a process without the settings of others: a service has no use for another's secrets. */
export function environmentOf(reader: Reader, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !Object.hasOwn(table, name) || table[name]!.of.includes(reader)),
  );
}

const masked = (value: string): string =>
  value.includes('://') ? value.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@') : '***';
