import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, isTransient, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { eventually } from './eventually.js';
import { testServers } from './servers.js';

// A firewall forgets a connection: what is sent goes nowhere, and nobody says so.
describe('a line to PostgreSQL that dies without a word', () => {
  const lines = new Set<{ service: Socket; server: Socket }>();
  let firewall: Server;
  let database: Database;

  beforeAll(async () => {
    const target = new URL(testServers().databaseUrl);
    firewall = createServer((service) => {
      const server = connect(Number(target.port), target.hostname);
      const line = { service, server };
      lines.add(line);
      service.on('data', (chunk) => server.write(chunk)).on('error', () => undefined);
      server.on('data', (chunk) => service.write(chunk)).on('error', () => undefined);
      service.on('close', () => {
        lines.delete(line);
        server.destroy();
      });
    });
    await new Promise<void>((resolve) => firewall.listen(0, '127.0.0.1', resolve));
    const url = new URL(target);
    url.hostname = '127.0.0.1';
    url.port = String((firewall.address() as AddressInfo).port);
    database = await Database.open({ service: 'public', url: url.href, entities: [] });
  });

  afterAll(async () => {
    await database?.close();
    for (const { service } of lines) service.destroy();
    firewall?.close();
  });

  const forget = (): void => {
    for (const { server } of lines) {
      server.removeAllListeners('data');
      server.destroy();
    }
  };
  const wait = (seconds: number): Promise<unknown> =>
    database.read(NO_SCHOOL, () => database.rows(sql`select pg_sleep(${seconds})`));

  it('is found while a statement waits for its answer, and the idle ones with it', async () => {
    // Four connections, of which three lie idle afterwards.
    await Promise.all([wait(0.2), wait(0.2), wait(0.2), wait(0.2)]);
    // The server notices the end of the line when the statement has come to its own.
    const waiting = wait(2);
    await eventually(async () => {
      const [sleeping] = await database.read(NO_SCHOOL, () =>
        database.rows<{ count: number }>(sql`
          select count(*)::int as count from pg_stat_activity
          where application_name = 'parta-public' and wait_event = 'PgSleep'`),
      );
      expect(sleeping!.count).toBe(1);
    });
    forget();
    const error = await waiting.then(
      () => null,
      (e: unknown) => e,
    );
    expect(isTransient(error)).toBe(true);
    expect(await Promise.all([wait(0), wait(0), wait(0)])).toHaveLength(3);
  }, 30_000);

  it('is told from one whose statement takes its time', async () => {
    expect(await wait(6)).toHaveLength(1);
  }, 30_000);
});
