import { join, resolve } from 'node:path';
import { diaryService } from '@parta/diary';
import { rebuildProjection, settingsOfProcess, type ServiceDefinition } from '@parta/platform-rpc';
import { adminUrlOf } from './admin-url.js';
import { partaOn } from './installation.js';
import { BUS_OPERATOR, busUrlOf } from './bus-lock.js';
import { passwordOfRole, secretsIn } from './secrets.js';

/*
 * `npm run rebuild -- diary`: builds a projection anew from the streams beside the live one, and switches. Parta is
 * running meanwhile. `-- diary --even-if-smaller` also where the streams have lost what the live tables hold. Without
 * PARTA_ADMIN_DATABASE_URL and NATS_URL it finds the embedded servers of `npm start`.
 */
const PROJECTIONS: Record<string, () => ServiceDefinition> = { diary: diaryService };

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const name = process.argv[2] ?? '';
if (!Object.hasOwn(PROJECTIONS, name)) {
  process.stderr.write(`Say what to rebuild: ${Object.keys(PROJECTIONS).join(', ')}.\n`);
  process.exit(1);
}
const settings = settingsOfProcess('rebuild');
const port = settings.PARTA_PORT;
const secretsFile = settings.PARTA_SECRETS_DIR
  ? join(settings.PARTA_SECRETS_DIR, 'installation', 'secrets.json')
  : join(resolve(settings.PARTA_DATA_DIR), 'secrets.json');
try {
  const secrets = await secretsIn(secretsFile);
  const adminUrl = partaOn(
    adminUrlOf(settings) ??
      `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${settings.PARTA_DATABASE_PORT ?? port + 1}/`,
  );
  const urlOf = (role: string): string => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = passwordOfRole(secrets, role);
    return url.href;
  };
  const startedAt = Date.now();
  const { facts } = await rebuildProjection(PROJECTIONS[name]!(), {
    adminUrl,
    ownerUrl: urlOf(`${name}_owner`),
    surroundings: {
      databaseUrl: urlOf(name),
      natsUrl:
        settings.NATS_URL ??
        busUrlOf(`nats://127.0.0.1:${settings.PARTA_NATS_PORT ?? port + 2}`, secrets, BUS_OPERATOR),
      tokenKeys: secrets.tokenKeys,
    },
    evenIfSmaller: process.argv.includes('--even-if-smaller'),
    step: (line) => say(`  · ${line}`),
  });
  say(`${name} is rebuilt from ${facts} facts (${Math.round((Date.now() - startedAt) / 1000)} s).`);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${name} was not rebuilt: ${(error as Error).message}\n`);
  process.exit(1);
}
