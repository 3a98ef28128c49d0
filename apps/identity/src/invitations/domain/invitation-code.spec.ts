import { describe, expect, it } from '@jest/globals';
import { CODE_ALPHABET, codeHash, newInvitationCode } from './invitation-code.js';

describe('an invitation code', () => {
  it('is twelve signs in three groups, none of which is read wrongly from paper', () => {
    for (let i = 0; i < 200; i += 1)
      expect(newInvitationCode()).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$/);
  });

  it('holds at least 60 random bits', () => {
    expect(12 * Math.log2(new Set(CODE_ALPHABET).size)).toBeGreaterThanOrEqual(60);
    expect(new Set(Array.from({ length: 1000 }, newInvitationCode)).size).toBe(1000);
  });

  it.each([
    'K7QM-4T2X-9HRA',
    'k7qm-4t2x-9hra',
    ' k7qm 4t2x 9hra ',
    'K7QM4T2X9HRA',
    'К7QМ–4Т2Х–9НRА', // with Russian К, М, Т, Х, Н, А and dashes
  ])('is known however it is typed: %s', (typed) => {
    expect(codeHash(typed)).toEqual(codeHash('K7QM-4T2X-9HRA'));
  });

  it('is another when one sign differs', () => {
    expect(codeHash('K7QM-4T2X-9HRB')).not.toEqual(codeHash('K7QM-4T2X-9HRA'));
  });
});
