import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { testServers } from './servers.js';

const variables = ['PARTA_TEST_DATABASE_URL', 'PARTA_TEST_NATS_URL'] as const;
let before: (string | undefined)[];

beforeEach(() => {
  before = variables.map((name) => process.env[name]);
});

afterEach(() => {
  variables.forEach((name, index) => (process.env[name] = before[index]));
});

test('a worker reaches PostgreSQL as superuser', async () => {
  const client = new pg.Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  const { rows } = await client.query(`select rolsuper from pg_roles where rolname = current_user`);
  await client.end();
  expect(rows).toEqual([{ rolsuper: true }]);
});

test('a worker reaches NATS with JetStream', async () => {
  const connection = await connect({ servers: testServers().natsUrl });
  expect(connection.info?.jetstream).toBe(true);
  await connection.close();
});

test('without servers the error names the variables', () => {
  delete process.env['PARTA_TEST_NATS_URL'];
  expect(() => testServers()).toThrow('PARTA_TEST_NATS_URL');
});
