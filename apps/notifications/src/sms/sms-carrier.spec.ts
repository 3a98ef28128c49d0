import { describe, expect, it } from '@jest/globals';
import { validityOf } from './sms-carrier.js';

const MINUTE = 60_000;

describe('how long a centre may try', () => {
  it.each([
    [24 * 60 * MINUTE, '000001000000000R'],
    [10 * MINUTE, '000000001000000R'],
    [(25 * 60 + 1) * MINUTE + 2000, '000001010102000R'],
    [-5, '000000000100000R'],
    [400 * 24 * 60 * MINUTE, '000028000000000R'],
  ])('%d ms is %s', (ms, time) => {
    expect(validityOf(ms)).toBe(time);
  });
});
