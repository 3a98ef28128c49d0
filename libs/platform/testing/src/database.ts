import { randomBytes } from 'node:crypto';
import {
  migrate,
  provisionDatabase,
  type MigrationSet,
  type ServiceDatabaseUrls,
} from '@parta/platform-persistence';
import { Client } from 'pg';
import { testServers } from './servers.js';

export interface TestDatabase {
  /** URL of a superuser in the fresh database, to look behind the services' backs */
  adminUrl: string;
  urls: Record<string, ServiceDatabaseUrls>;
  drop(): Promise<void>;
}

/** A fresh database with the given services' schemas and roles, migrated. */
export async function createTestDatabase(...sets: MigrationSet[]): Promise<TestDatabase> {
  const name = `t${randomBytes(6).toString('hex')}`;
  const adminUrl = testServers().databaseUrl;
  const password = randomBytes(12).toString('hex');
  const urls = await provisionDatabase({
    adminUrl,
    database: name,
    services: sets.map((set) => set.service),
    rolePrefix: `${name}_`,
    passwordOf: () => password,
  });
  for (const set of sets) await migrate(urls[set.service]!.owner, set);
  const within = new URL(adminUrl);
  within.pathname = `/${name}`;
  return {
    adminUrl: within.href,
    urls,
    drop: async () => {
      const admin = new Client({ connectionString: adminUrl });
      await admin.connect();
      try {
        await admin.query(`drop database "${name}" with (force)`);
        for (const set of sets)
          await admin.query(`drop role "${name}_${set.service}", "${name}_${set.service}_owner"`);
      } finally {
        await admin.end();
      }
    },
  };
}
