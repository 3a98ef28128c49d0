import { expect, it } from '@jest/globals';
import { lockSeconds } from './lock-out.js';

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
])('after %i failures in a row a login is locked for %i seconds', (failures, seconds) => {
  expect(lockSeconds(failures)).toBe(seconds);
});
