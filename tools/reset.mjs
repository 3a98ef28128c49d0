// `npm run reset`: forgets the demo district and everything else of this installation.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const dataDir = process.env.PARTA_DATA_DIR ?? join(import.meta.dirname, '../.parta');
if (!existsSync(dataDir)) {
  console.log('Nothing to clear.');
} else {
  // The downloaded nats-server is worth keeping.
  for (const name of readdirSync(dataDir))
    if (name !== 'cache') rmSync(join(dataDir, name), { recursive: true, force: true });
  console.log(`Cleared ${dataDir}.`);
}
