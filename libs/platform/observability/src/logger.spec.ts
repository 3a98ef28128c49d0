import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

/** What becomes of these fields in a line. */
function logged(fields: object): Record<string, unknown> {
  let line = '';
  createLogger('test', 'info', { write: (text) => void (line = text) }).info(fields, 'said');
  return JSON.parse(line) as Record<string, unknown>;
}

const SECRETS = [
  'password',
  'currentPassword',
  'newPassword',
  'initialPassword',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'clientSecret',
  'client_secret',
  'authorization',
  'cookie',
  'code',
];

describe('a line of the log', () => {
  it.each(SECRETS)('holds no %s, up to two objects deep', (name) => {
    const value = 'K7QX-9R2M-TTVW';
    expect(
      logged({ [name]: value, input: { [name]: value }, request: { body: { [name]: value } } }),
    ).toMatchObject({
      [name]: '[removed]',
      input: { [name]: '[removed]' },
      request: { body: { [name]: '[removed]' } },
    });
  });

  it('holds no code of an invitation or a contact, as text or number', () => {
    for (const code of ['K7QX9R2MTTVW', '123456', 123456, 'EQRSTUVWXYZA'])
      expect(logged({ input: { code } })).toMatchObject({ input: { code: '[removed]' } });
  });

  it('holds the codes of errors: they are what a line is read for', () => {
    const codes = [
      'identity.locked-out',
      'row.invalid_date',
      '23505',
      '57P01',
      'ECONNREFUSED',
      'FST_ERR_CTP_EMPTY_JSON_BODY',
    ];
    for (const code of codes) expect(logged({ err: { code }, code })).toMatchObject({ err: { code }, code });
    const err = Object.assign(new Error('away'), { code: 'ECONNRESET' });
    expect(logged({ err })).toMatchObject({ err: { message: 'away', code: 'ECONNRESET' } });
  });
});
