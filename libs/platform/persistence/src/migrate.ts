import { Migrator, type Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';

export interface MigrationSet {
  service: string;
  /** in their order; each is known by its class name for good */
  migrations: readonly (new (...args: never[]) => Migration)[];
}

/**
 * Brings a service's schema up to date, as the schema's owner. Each migration is one transaction; a second run does
 * nothing.
 * @returns the names of the migrations that ran
 */
export async function migrate(ownerUrl: string, set: MigrationSet): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    contextName: `${set.service}-migrations`,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    ensureDatabase: false,
    logger: () => undefined,
    pool: { min: 0, max: 2 },
    migrations: {
      migrationsList: set.migrations.map((type) => ({ name: type.name, class: type as never })),
      tableName: 'migrations',
      schema: set.service,
      // Several services share one database; a diff of one must never drop the tables of the others.
      dropTables: false,
      snapshot: false,
      allOrNothing: false,
    },
  });
  try {
    const done = await orm.migrator.up();
    return done.map((migration) => migration.name);
  } finally {
    await orm.close(true);
  }
}
