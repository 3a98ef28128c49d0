import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentOf, readSettings, shownSettings, unknownSettings } from './read.js';
import { SETTINGS } from './table.js';

const root = join(import.meta.dirname, '../../../../..');
const sources = globSync(
  ['apps/*/src/**/*.ts', 'libs/platform/*/src/**/*.ts', 'tools/start.mjs', 'tools/reset.mjs'],
  {
    cwd: root,
  },
).filter((path) => !/spec\.ts$|platform\/testing|rpc\/src\/settings|apps\/web\//.test(path));

/** Of the demo's loader in containers and of the receivers, which are tools. */
const NO_SETTINGS = new Set(['PARTA_URL', 'PARTA_RECEIVERS_URL']);

describe('the table of settings', () => {
  it('names every variable that a process reads, and no other', () => {
    const read = new Set(
      sources.flatMap((path) =>
        [...readFileSync(join(root, path), 'utf8').matchAll(/\b(?:PARTA|NATS|OTEL)_[A-Z_]*[A-Z]\b/g)].map(
          String,
        ),
      ),
    );
    const known = new Set(Object.keys(SETTINGS));
    expect(
      [...read].filter((name) => !known.has(name) && !NO_SETTINGS.has(name) && !/^NATS_NODES/.test(name)),
    ).toEqual([]);
    expect([...known].filter((name) => !read.has(name))).toEqual([]);
  });

  it('has the default of each setting among the values that it takes', () => {
    for (const [name, { kind, otherwise, ...rest }] of Object.entries(SETTINGS)) {
      const defaults = [otherwise, 'otherwiseAtStart' in rest ? rest.otherwiseAtStart : undefined];
      for (const value of defaults.filter((one) => one !== undefined && !Array.isArray(one)))
        expect([name, kind.read(String(value))]).toEqual([name, value]);
    }
  });
});

describe('a setting', () => {
  it.each([
    ['PARTA_PORT', 'eighty', 'PARTA_PORT has to be a whole number from 1 to 65535, not "eighty".'],
    ['PARTA_PORT', '0', 'PARTA_PORT has to be a whole number from 1 to 65535, not "0".'],
    ['PARTA_PORT', '8e3', 'PARTA_PORT has to be a whole number from 1 to 65535, not "8e3".'],
    ['PARTA_INSECURE_COOKIES', 'yes', 'PARTA_INSECURE_COOKIES has to be true or false, not "yes".'],
    ['PARTA_HOST', '1.2.3', 'PARTA_HOST has to be an IP address or a host name, not "1.2.3".'],
    ['PARTA_TIME_ZONE', 'Omsk', 'PARTA_TIME_ZONE has to be an IANA time zone such as Asia/Omsk, not "Omsk".'],
    [
      'PARTA_ROSTER_MAX_ENDED_SHARE',
      '5 %',
      'PARTA_ROSTER_MAX_ENDED_SHARE has to be a number from 0 to 1, not "5 %".',
    ],
    [
      'PARTA_LOG_LEVEL',
      'loud',
      'PARTA_LOG_LEVEL has to be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
    ],
    [
      'PARTA_SMTP_URL',
      'mail:secret',
      'PARTA_SMTP_URL has to be an address that begins with smtp:// or smtps://.',
    ],
    ['PARTA_TRUSTED_PROXIES', '1', 'PARTA_TRUSTED_PROXIES has to be addresses or networks with commas'],
    [
      'PARTA_TRUSTED_PROXIES',
      '10.0.0.0/33',
      'PARTA_TRUSTED_PROXIES has to be addresses or networks with commas',
    ],
    [
      'PARTA_ADMIN_DATABASE_URL',
      'postgres://u:a/b@host/db',
      'PARTA_ADMIN_DATABASE_URL has to be postgres://',
    ],
    ['PARTA_ADMIN_DATABASE_URL', 'postgres://u:a#b@host/db', 'percent-encoded.'],
    ['PARTA_ADMIN_DATABASE_URL', 'postgres://u:a%b@host/db', 'percent-encoded.'],
    ['NATS_URL', 'http://x', 'NATS_URL has to be nats://host:port, or tls://…, several with commas.'],
  ])('%s cannot be %s, and a sentence says so', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value }, 'start')).toThrow(sentence);
  });

  it('that is wrong is named together with the others that are', () => {
    expect(() => readSettings({ PARTA_PORT: 'x', PARTA_DEMO: 'x' }, 'start')).toThrow(
      /PARTA_PORT.*\n.*PARTA_DEMO/,
    );
  });

  it('has its default when it is empty, another one with npm start where there is one', () => {
    expect(readSettings({ PARTA_HOST: '' }, 'gateway').PARTA_HOST).toBe('0.0.0.0');
    expect(readSettings({}, 'start').PARTA_HOST).toBe('localhost');
    expect(readSettings({ PARTA_HOST: '::' }, 'start').PARTA_HOST).toBe('::');
  });

  it('of another process is neither read nor handed on', () => {
    const env = { PARTA_FIRST_OPERATOR_PASSWORD: 'x', PARTA_PORT: 'x', PATH: '/bin' };
    expect(readSettings(env, 'journal').PARTA_PORT).toBe(8080);
    expect(environmentOf('journal', env)).toEqual({ PATH: '/bin' });
  });

  it('is shown without its secret', () => {
    expect(
      shownSettings(
        { PARTA_HOST: '::', PARTA_FIRST_OPERATOR_PASSWORD: 'geheim', PARTA_SMTP_URL: 'smtp://u:p@ss@mail' },
        'start',
      ),
    ).toEqual({
      PARTA_HOST: '::',
      PARTA_FIRST_OPERATOR_PASSWORD: '***',
      PARTA_SMTP_URL: 'smtp://u:***@mail',
    });
  });

  it('that nobody knows is found', () => {
    expect(unknownSettings({ PARTA_HOTS: 'x', PARTA_POSTGRES_PASSWORD: 'x', PARTA_HOST: 'x' })).toEqual([
      'PARTA_HOTS',
    ]);
  });
});
