import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@parta/platform-embedded';
import { eventually } from '@parta/platform-testing';
import { Inbox, startMailSink, startSmsCentre, type MailSink, type SmsCentre } from '@parta/receivers';
import { Client as Database } from 'pg';
import { Client } from './browser-like.js';
import { RunningParta } from './running-parta.js';

const START_MS = 300_000;
const FIRST = 'the first own words 1';
const SECOND = 'the second own words 2';
const OF_THE_MAIL_SERVER = 'what the post knows 1';
// SMPP passwords have eight characters.
const OF_THE_SMS_CENTRE = 'smsc-pw1';
const GUESS = 'somebody’s guess at it';

interface Invitations {
  invitations: { personId: string; code: string }[];
}

interface Settings {
  schools: ({ schoolId: string } & Record<'email' | 'sms', { consentVersion: string }>)[];
}

/** Where a secret has to be as it is: the link in a letter is made of it. */
const KEPT_ON_PURPOSE = ['unsubscribe token in notifications.contacts'];

describe('secrets, with every line logged', () => {
  let parta: RunningParta;
  /** what was secret in what was done, by what it was */
  const secrets = new Map<string, string>();
  const inbox = new Inbox();
  let mail: MailSink;
  let sms: SmsCentre;

  beforeAll(async () => {
    parta = await RunningParta.prepare();
    mail = await startMailSink({
      port: 0,
      inbox,
      account: { user: 'journal', password: OF_THE_MAIL_SERVER },
    });
    sms = await startSmsCentre({
      port: await freePort(),
      inbox,
      systemId: 'journal',
      password: OF_THE_SMS_CENTRE,
    });
    await parta.start(START_MS, {
      PARTA_DEMO_HISTORY_DAYS: '0',
      PARTA_LOG_LEVEL: 'trace',
      PARTA_SMTP_URL: `smtp://journal:${encodeURIComponent(OF_THE_MAIL_SERVER)}@127.0.0.1:${mail.port}`,
      PARTA_MAIL_FROM: 'Журнал <journal@parta.example>',
      PARTA_SMTP_ALLOW_PLAIN: 'true',
      PARTA_SMPP_URL: `smpp://journal:${OF_THE_SMS_CENTRE}@127.0.0.1:${sms.port}`,
      PARTA_SMS_SENDER: 'Parta',
    });
    await useEverySecret();
  }, START_MS + 60_000);

  afterAll(async () => {
    await parta?.stop();
    parta?.remove();
    await mail?.stop();
    await sms?.stop();
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
    await useContacts();
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

  /** The guardian confirms an address of each kind and ends one by the link, with wrong codes and links between. */
  async function useContacts(): Promise<void> {
    keep('password of the mail server', OF_THE_MAIL_SERVER);
    keep('URL of the mail server', encodeURIComponent(OF_THE_MAIL_SERVER));
    keep('password of the SMS centre', OF_THE_SMS_CENTRE);
    const { login, password } = parta.account('guardian');
    const guardian = await signIn(login, password);
    const { schools } = await eventually(
      async () => {
        const settings = await guardian.get<Settings>('/api/v1/notifications/settings');
        expect(settings.schools.length).toBeGreaterThan(0);
        return settings;
      },
      { timeoutMs: 30_000 },
    );
    const school = schools[0]!;
    for (const [channel, address] of [
      ['email', 'anna@example.org'],
      ['sms', '+79161234567'],
    ] as const) {
      const of = { schoolId: school.schoolId, channel };
      const asked = await guardian.call(
        'POST',
        '/api/v1/notifications/contacts',
        { ...of, address },
        { 'idempotency-key': `contact-by-${channel}` },
      );
      expect([channel, asked.status]).toEqual([channel, 202]);
      const code = await eventually(
        async () => {
          const [newest] = inbox.list(channel === 'sms' ? address.slice(1) : address);
          const found = /\b(\d{6})\b/.exec(newest?.text ?? '')?.[1];
          expect(found).toBeDefined();
          return Promise.resolve(found!);
        },
        { timeoutMs: 30_000 },
      );
      keep(`code by ${channel}`, code);
      const confirm = (code: string) =>
        guardian.call('POST', '/api/v1/notifications/contacts/confirm', {
          ...of,
          code,
          consentVersion: school[channel].consentVersion,
        });
      expect((await confirm('000000')).status).toBeGreaterThanOrEqual(400);
      expect((await confirm(code)).status).toBeLessThan(300);
    }
    const token = await inDatabase(async (database) => {
      const { rows } = await database.query<{ token: string }>(
        `select unsubscribe_token as token from notifications.contacts where address = 'anna@example.org'`,
      );
      return rows[0]!.token;
    });
    keep('unsubscribe token', token);
    keep('unsubscribe token of nobody', 'n'.repeat(token.length));
    const anybody = new Client(parta.url);
    for (const one of [token, 'n'.repeat(token.length)]) {
      await anybody.call('GET', `/api/v1/notifications/unsubscribe/${one}`);
      await anybody.call('POST', `/api/v1/notifications/unsubscribe/${one}`, {
        'List-Unsubscribe': 'One-Click',
      });
    }
  }

  async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const { ports } = parta as unknown as { ports: { database: number } };
    const { databasePassword } = JSON.parse(readFileSync(join(parta.dataDir, 'secrets.json'), 'utf8')) as {
      databasePassword: string;
    };
    const database = new Database({
      connectionString: `postgres://postgres:${databasePassword}@127.0.0.1:${ports.database}/parta`,
    });
    await database.connect();
    try {
      return await work(database);
    } finally {
      await database.end();
    }
  }

  /** Six digits are in many a number, id and time; on its own a secret stands between other characters than those. */
  const patternOf = (secret: string): string =>
    `(?<![0-9A-Za-z.-])${secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![0-9A-Za-z-])`;

  it('are in no line of the log', () => {
    // The console greets whoever tries Parta with the accounts of the demo; the log is what is JSON.
    const log = parta.output.split('\n').filter((line) => line.startsWith('{'));
    expect(log.filter((line) => line.includes('"level":"debug"')).length).toBeGreaterThan(100);
    const text = log.join('\n');
    const isIn = (secret: string): boolean =>
      secret.length < 8 ? new RegExp(patternOf(secret)).test(text) : text.includes(secret);
    expect([...secrets].filter(([, secret]) => isIn(secret)).map(([what]) => what)).toEqual([]);
    // Nor a token that nobody thought of.
    expect(text).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  });

  it('are in no row: no fact on its way, no answered command, no event', async () => {
    const found = await inDatabase(async (database) => {
      const { rows: tables } = await database.query<{ name: string }>(
        `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
         where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
      );
      expect(tables.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['identity.outbox', 'identity.answered_commands', 'identity.account_events']),
      );
      const places: string[] = [];
      for (const { name } of tables) {
        const { rows } = await database.query<{ what: string }>(
          // Written out once for each row, and looked at closely only where it may be.
          `with written as materialized (select t::text as line from ${name} t)
           select distinct s.what from written, jsonb_to_recordset($1::jsonb) s (what text, secret text, pattern text)
           where position(s.secret in line) > 0 and (length(s.secret) >= 8 or line ~ s.pattern)`,
          [
            JSON.stringify(
              [...secrets].map(([what, secret]) => ({ what, secret, pattern: patternOf(secret) })),
            ),
          ],
        );
        places.push(...rows.map(({ what }) => `${what} in ${name}`));
      }
      return places;
    });
    expect(found.filter((place) => !KEPT_ON_PURPOSE.includes(place))).toEqual([]);
  }, 60_000);
});
