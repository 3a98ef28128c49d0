import { expect, it } from '@jest/globals';
import { readSettings } from '@parta/platform-rpc';
import { adminUrlOf } from './admin-url.js';

const of = (env: Record<string, string>): string | undefined => adminUrlOf(readSettings(env, 'migrate'));

it.each(['a/b', 'a#b', 'a?b', 'a@b', 'a%b', 'a%41b', 'a:b', 'a b', 'пароль', `!"$&'()*+,;<=>[]^\`{|}~\\`])(
  'a password such as %s comes to PostgreSQL as it is',
  (password) => {
    const url = new URL(
      of({
        PARTA_ADMIN_DATABASE_URL: 'postgres://postgres@db.example:5433/postgres',
        PARTA_ADMIN_DATABASE_PASSWORD: password,
      })!,
    );
    expect(decodeURIComponent(url.password)).toBe(password);
    expect([url.username, url.host, url.pathname]).toEqual(['postgres', 'db.example:5433', '/postgres']);
  },
);

it('an address that has its password stays as it is', () => {
  const address = 'postgres://postgres:a%2Fb@db.example/postgres';
  expect(of({ PARTA_ADMIN_DATABASE_URL: address })).toBe(address);
  expect(of({})).toBeUndefined();
});
