import { Client } from 'pg';

/** Where a service finds its schema: `owner` migrates, `runtime` serves and cannot change the schema. */
export interface ServiceDatabaseUrls {
  owner: string;
  runtime: string;
}

export interface ProvisionOptions {
  /** URL of a role that may create databases and roles */
  adminUrl: string;
  database: string;
  services: readonly string[];
  /** before each role's name; roles belong to the whole server, so databases that share one need their own */
  rolePrefix?: string;
  /** password of a role by its name; generated and kept by the caller */
  passwordOf: (role: string) => string;
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Creates the database, and for each service a schema with two roles of its own: `<service>_owner`, which owns it and
 * runs migrations, and `<service>`, which reads and writes rows. Neither can touch another service's schema.
 * Running it again changes nothing but passwords.
 */
export async function provisionDatabase(
  options: ProvisionOptions,
): Promise<Record<string, ServiceDatabaseUrls>> {
  const prefix = options.rolePrefix ?? '';
  const admin = new Client({ connectionString: options.adminUrl });
  await admin.connect();
  try {
    const known = await admin.query('select 1 from pg_database where datname = $1', [options.database]);
    if (known.rowCount === 0)
      await admin.query(
        `create database ${quote(options.database)} template template0 encoding 'UTF8' locale_provider icu icu_locale 'ru-RU'`,
      );
    for (const service of options.services) {
      for (const role of [`${prefix}${service}_owner`, `${prefix}${service}`]) {
        const exists = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
        await admin.query(
          `${exists.rowCount === 0 ? 'create' : 'alter'} role ${quote(role)} login nosuperuser nobypassrls password ${literal(options.passwordOf(role))}`,
        );
      }
    }
  } finally {
    await admin.end();
  }

  const within = new URL(options.adminUrl);
  within.pathname = `/${options.database}`;
  const database = new Client({ connectionString: within.href });
  await database.connect();
  try {
    await database.query('revoke all on schema public from public');
    for (const service of options.services) {
      const [schema, owner, runtime] = [service, `${prefix}${service}_owner`, `${prefix}${service}`].map(
        quote,
      );
      await database.query(`create schema if not exists ${schema} authorization ${owner}`);
      await database.query(`grant usage on schema ${schema} to ${runtime}`);
      await database.query(
        `alter default privileges for role ${owner} in schema ${schema} grant select, insert, update, delete on tables to ${runtime}`,
      );
      await database.query(
        `alter default privileges for role ${owner} in schema ${schema} grant usage, select on sequences to ${runtime}`,
      );
      for (const role of [owner, runtime]) {
        await database.query(
          `alter role ${role} in database ${quote(options.database)} set search_path to ${schema}`,
        );
        await database.query(
          `alter role ${role} in database ${quote(options.database)} set timezone to 'UTC'`,
        );
      }
    }
  } finally {
    await database.end();
  }

  return Object.fromEntries(
    options.services.map((service) => [
      service,
      {
        owner: urlFor(within, `${prefix}${service}_owner`, options),
        runtime: urlFor(within, `${prefix}${service}`, options),
      },
    ]),
  );
}

function urlFor(database: URL, role: string, options: ProvisionOptions): string {
  const url = new URL(database.href);
  url.username = role;
  url.password = options.passwordOf(role);
  return url.href;
}
