import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Database } from 'pg';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const START_MS = 300_000;
const FIRST = 'the first own words 1';
const SECOND = 'the second own words 2';
const GUESS = 'somebody’s guess at it';

interface Invitations {
  invitations: { personId: string; code: string }[];
}

describe('secrets, with every line logged', () => {
  let parta: RunningParta;
  /** what was secret in what was done, by what it was */
  const secrets = new Map<string, string>();

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    await parta.start(START_MS, { PARTA_DEMO_HISTORY_DAYS: '0', PARTA_LOG_LEVEL: 'trace' });
    await useEverySecret();
  }, START_MS + 60_000);

  afterAll(async () => {
    await parta?.stop();
    parta?.remove();
  }, 60_000);

  const keep = (what: string, secret: unknown): string => {
    expect(typeof secret).toBe('string');
    secrets.set(what, secret as string);
    return secret as string;
  };
  const signIn = async (login: string, password: string): Promise<Client> => {
    const client = new Client(parta.url);
    const { status, body } = await client.call<{ accessToken: string }>('POST', '/api/v1/session', {
      login,
      password,
    });
    expect(status).toBe(200);
    keep(`access token of ${login}`, body.accessToken);
    keep(`refresh token of ${login}`, client.cookie!.split('=')[1]);
    return client.signIn(login, password);
  };

  async function useEverySecret(): Promise<void> {
    const { login, password } = parta.account('administrator');
    keep('password', password);
    keep('guess', GUESS);
    await new Client(parta.url).call('POST', '/api/v1/session', { login, password: GUESS });
    const administrator = await signIn(login, password);
    const { classes } = await administrator.get<{ classes: { classId: string }[] }>('/api/v1/classes');
    let invited: Invitations['invitations'] = [];
    for (const { classId } of classes) {
      const path = `/api/v1/classes/${classId}/invitations`;
      invited = (await administrator.call<Invitations>('POST', path, {})).body.invitations;
      if (invited.length >= 2) break;
    }
    const [one, other] = invited;
    const code = keep('invitation code', one!.code);
    keep('first password', FIRST);
    keep('second password', SECOND);
    const anybody = new Client(parta.url);
    await anybody.call('POST', '/api/v1/invitations/check', { code });
    const accepted = await anybody.call('POST', '/api/v1/invitations/accept', {
      code,
      login: 'somebody.new',
      password: FIRST,
    });
    expect(accepted.status).toBe(200);
    const somebody = await signIn('somebody.new', FIRST);
    const changed = await somebody.call(
      'POST',
      '/api/v1/me/password',
      { currentPassword: FIRST, newPassword: SECOND },
      { 'idempotency-key': 'change-of-password' },
    );
    expect(changed.status).toBe(200);
    const account = await administrator.call<{ initialPassword: string }>(
      'POST',
      `/api/v1/people/${other!.personId}/account`,
      {},
      { 'idempotency-key': 'account-of-somebody' },
    );
    keep('initial password', account.body.initialPassword);
    await useRegionalSystem();
    const installation = JSON.parse(readFileSync(join(parta.dataDir, 'secrets.json'), 'utf8')) as {
      databasePassword: string;
      rolePassword: string;
      signingKey: { d: string };
    };
    keep('password of the database', installation.databasePassword);
    keep('password of the roles', installation.rolePassword);
    keep('signing key', installation.signingKey.d);
  }

  async function useRegionalSystem(): Promise<void> {
    const operator = parta.account('regional-operator');
    const region = await signIn(operator.login, operator.password);
    const client = await region.call<{ clientId: string; clientSecret: string }>(
      'POST',
      '/api/v1/clients',
      { name: 'Обмен', scopes: ['roster.read'] },
      { 'idempotency-key': 'client-of-the-region' },
    );
    const clientSecret = keep('client secret', client.body.clientSecret);
    for (const secret of [clientSecret, 'x'.repeat(40)]) {
      const token = await region.call<{ access_token?: string }>('POST', '/oauth/token', {
        grant_type: 'client_credentials',
        client_id: client.body.clientId,
        client_secret: secret,
      });
      if (token.body.access_token) keep('token of a regional system', token.body.access_token);
    }
  }

  it('are in no line of the log', () => {
    // The console greets whoever tries Parta with the accounts of the demo; the log is what is JSON.
    const log = parta.output.split('\n').filter((line) => line.startsWith('{'));
    expect(log.filter((line) => line.includes('"level":"debug"')).length).toBeGreaterThan(100);
    const text = log.join('\n');
    expect([...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => what)).toEqual([]);
    // Nor a token that nobody thought of.
    expect(text).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  });

  it('are in no row: no fact on its way, no answered command, no event', async () => {
    const ports = (parta as unknown as { ports: { database: number } }).ports;
    const password = secrets.get('password of the database')!;
    const database = new Database({
      connectionString: `postgres://postgres:${password}@127.0.0.1:${ports.database}/parta`,
    });
    await database.connect();
    try {
      const { rows: tables } = await database.query<{ name: string }>(
        `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
         where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
      );
      expect(tables.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['identity.outbox', 'identity.answered_commands', 'identity.account_events']),
      );
      const found: string[] = [];
      for (const { name } of tables) {
        const { rows } = await database.query<{ what: string }>(
          `select distinct s.what from ${name} t, jsonb_each_text($1::jsonb) s (what, secret)
           where position(s.secret in t::text) > 0`,
          [JSON.stringify(Object.fromEntries(secrets))],
        );
        found.push(...rows.map(({ what }) => `${what} in ${name}`));
      }
      expect(found).toEqual([]);
    } finally {
      await database.end();
    }
  }, 60_000);
});
