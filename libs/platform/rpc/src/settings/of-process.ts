import { readSettings, SettingsError, type Settings } from './read.js';
import type { Reader } from './setting.js';

/** The settings of this process; ends it with a sentence for each that cannot be used. */
export function settingsOfProcess(reader: Reader, env: NodeJS.ProcessEnv = process.env): Settings {
  try {
    return readSettings(env, reader);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${reader === 'start' ? 'Parta' : reader} did not start:\n${error.message}\n`);
    process.exit(1);
  }
}
