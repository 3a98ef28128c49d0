import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needed, settingsOfProcess } from '@parta/platform-rpc';
import { adminUrlOf } from './admin-url.js';
import { bringUpToDate } from './installation.js';
import { secretsIn, writeKeys } from './secrets.js';

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
process.stdout.write('ready\n');
