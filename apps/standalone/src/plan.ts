import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstOperatorOf } from '@parta/identity';
import { requireFreePort } from '@parta/platform-embedded';
import { readSettings, shownSettings, unknownSettings, type Settings } from '@parta/platform-rpc';
import { DEMO_OPERATOR } from './demo/demo-district.js';
import { launchArguments, type LaunchArguments } from './launch-arguments.js';

/** What `npm start` is going to do, as its settings and arguments say. */
export interface Plan extends LaunchArguments {
  settings: Settings;
  dataDir: string;
  ports: Record<'http' | 'database' | 'nats' | 'page' | 'smtp' | 'smpp' | 'health', number>;
  operator: { login: string; password: string } | undefined;
  /** an installation with a mail server or SMS centre of its own needs none for a trial */
  hasReceivers: boolean;
}

/**
 * Reads settings and arguments, shows what is set, and checks what can be checked before anything is started.
 * @throws Error with one sentence for the person who starts Parta
 */
export async function planOf(
  env: NodeJS.ProcessEnv,
  args: string[],
  step: (line: string) => void,
): Promise<Plan> {
  const settings = readSettings(env, 'start');
  const http = settings.PARTA_PORT;
  const ports = {
    http,
    database: settings.PARTA_DATABASE_PORT ?? http + 1,
    nats: settings.PARTA_NATS_PORT ?? http + 2,
    page: settings.PARTA_RECEIVERS_PAGE_PORT ?? http + 3,
    smtp: settings.PARTA_RECEIVERS_SMTP_PORT ?? http + 4,
    smpp: settings.PARTA_RECEIVERS_SMPP_PORT ?? http + 5,
    health: settings.PARTA_HEALTH_PORT ?? http + 11,
  };
  const launch = launchArguments(args, http, ports.nats);
  const shown = Object.entries(shownSettings(env, 'start')).map(([name, value]) => `${name}=${value}`);
  if (shown.length > 0) step(`settings: ${shown.join(' ')}`);
  for (const name of unknownSettings(env)) step(`${name} is no setting of Parta and is ignored`);

  const dataDir = resolve(settings.PARTA_DATA_DIR);
  const operator = firstOperatorOf(settings) ?? (settings.PARTA_DEMO ? DEMO_OPERATOR : undefined);
  if (!operator && !existsSync(join(dataDir, 'secrets.json')))
    throw new Error(
      'without the demo the first start needs PARTA_FIRST_OPERATOR_PASSWORD, the password of the first sign-in.',
    );
  mustBeWritable(dataDir);
  await requireFreePort(http, 'the gateway (PARTA_PORT)', hostToTry(settings.PARTA_HOST));
  await requireFreePort(ports.health, 'health and metrics (PARTA_HEALTH_PORT)');
  if (!settings.PARTA_ADMIN_DATABASE_URL)
    await requireFreePort(ports.database, 'PostgreSQL (PARTA_DATABASE_PORT)');
  if (!settings.NATS_URL) await requireFreePort(ports.nats, 'NATS (PARTA_NATS_PORT)');
  return {
    ...launch,
    settings,
    dataDir,
    ports,
    operator,
    hasReceivers: settings.PARTA_DEMO && !settings.PARTA_SMTP_URL && !settings.PARTA_SMPP_URL,
  };
}

const hostToTry = (host: string): string | undefined => (host === 'localhost' ? undefined : host);

/** @throws Error with a sentence that says what to set */
function mustBeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new Error(
      `the data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}): set PARTA_DATA_DIR to another one.`,
      { cause: error },
    );
  }
}
