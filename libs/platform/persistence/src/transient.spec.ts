import { describe, expect, it } from '@jest/globals';
import { isTransient } from './transient.js';

const coded = (code: string, message = 'no'): Error => Object.assign(new Error(message), { code });

describe('trouble that passes', () => {
  it.each([
    ['a shutdown', coded('57P01')],
    ['a full disk', coded('53100')],
    ['a deadlock', coded('40P01')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a line that was cut', new Error('Connection terminated unexpectedly')],
    [
      'a client of a line that was cut',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['a pool without a connection', new Error('timeout exceeded when trying to connect')],
    ['whatever has it as its cause', new Error('the roster failed', { cause: coded('57P03') })],
  ])('is %s', (_what, error) => expect(isTransient(error)).toBe(true));

  it.each([
    ['a broken rule of a table', coded('23505')],
    ['wrong SQL', coded('42601')],
    ['a mistake in the code', new TypeError('x is not a function')],
    ['nothing', undefined],
  ])('is not %s', (_what, error) => expect(isTransient(error)).toBe(false));
});
