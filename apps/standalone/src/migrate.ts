import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { needed, settingsOfProcess } from '@parta/platform-rpc';
import { adminUrlOf } from './admin-url.js';
import { BUS_OPERATOR, busConfigurationOf, busUsers } from './bus-lock.js';
import { bringUpToDate } from './installation.js';
import { passwordOfBusUser, secretsIn, writeKeys } from './secrets.js';

/*
 * The job before the services start: provisions the database of PARTA_ADMIN_DATABASE_URL, migrates every schema, makes
 * the installation's secrets if there are none, and leaves each process what it needs, and no more, in a folder of
 * PARTA_SECRETS_DIR that has its name.
 */
const settings = settingsOfProcess('migrate');
const folder = needed(settings, 'PARTA_SECRETS_DIR');
const secrets = await secretsIn(join(folder, 'installation', 'secrets.json'));
needed(settings, 'PARTA_ADMIN_DATABASE_URL');
const urls = await bringUpToDate(adminUrlOf(settings)!, secrets, (line) => process.stdout.write(`${line}\n`));
for (const [service, { runtime }] of Object.entries(urls)) {
  writeKeys(join(folder, service), secrets, service === 'identity');
  writeFileSync(join(folder, service, 'database-url'), runtime, { mode: 0o600 });
}
writeKeys(join(folder, 'gateway'), secrets, false);

// The bus: what NATS is told of its users, and to each of them its own password.
const nodes = settings.PARTA_BUS_NODES?.split(',').map((one) => one.trim()) ?? [];
writePrivately(join(folder, 'bus', 'nats.conf'), busConfigurationOf(secrets, nodes));
for (const { name } of busUsers(secrets))
  writePrivately(join(folder, name, 'nats-password'), passwordOfBusUser(secrets, name));
writePrivately(join(folder, 'installation', 'nats-password'), passwordOfBusUser(secrets, BUS_OPERATOR));
process.stdout.write('ready\n');

function writePrivately(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  // The mode of a file that was there before is as it was.
  chmodSync(file, 0o600);
}
