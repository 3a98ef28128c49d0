import { randomInt } from 'node:crypto';

/** Without letters that are read wrongly from paper (l, q, w, x, c/k). */
const CONSONANTS = 'bdfghkmnprstvz';
const VOWELS = 'aeiou';
const DIGITS = '23456789';

const one = (letters: string): string => letters.charAt(randomInt(letters.length));

/**
 * A password to be handed over and replaced at the first sign-in (R6, R20): twelve characters that can be read out,
 * «tovem47ranis», of some 38 random bits. Guessing is held up by the lock-out, and it does not live long.
 */
export function initialPassword(): string {
  const word = (): string => [CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS].map(one).join('');
  return word() + one(DIGITS) + one(DIGITS) + word();
}
