import { expect, it } from '@jest/globals';
import { lockSeconds } from './lock-out.js';

const known = { key: 'device:1', isKnown: true };
const unknown = { key: 'address:1', isKnown: false };

it.each([
  [0, 0],
  [1, 0],
  [4, 0],
  [5, 30],
  [6, 60],
  [7, 120],
  [8, 240],
  [9, 480],
  [10, 900],
  [11, 900],
  [1000, 900],
])('after %i failures in a row a source is locked for %i seconds', (failures, seconds) => {
  expect(lockSeconds(failures, known, 0)).toBe(seconds);
  expect(lockSeconds(failures, unknown, Math.min(failures, 19))).toBe(seconds);
});

it('a login that is guessed at from many addresses bears one failure of each further one', () => {
  expect(lockSeconds(1, unknown, 19)).toBe(0);
  expect(lockSeconds(1, unknown, 20)).toBe(900);
  expect(lockSeconds(0, unknown, 1000)).toBe(0);
});

it('a known device is not locked for what others have tried', () => {
  expect(lockSeconds(4, known, 1000)).toBe(0);
});
