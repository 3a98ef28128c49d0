import { createHash, randomInt } from 'node:crypto';

/** 32 signs without 0, 1, I and O, which are read wrongly from paper: twelve of them are 60 random bits. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 12;

/** Russian letters that look like a sign of the alphabet: a code is often typed with the keyboard left on Russian. */
const LOOK_ALIKES: Record<string, string> = {
  А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', З: '3',
}; // prettier-ignore

/** A new code as it is printed, «K7QM-4T2X-9HRA» (R16). */
export function newInvitationCode(): string {
  const signs = Array.from({ length: LENGTH }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length)));
  return signs.join('').replace(/(.{4})(?!$)/g, '$1-');
}

/** A code however it was typed: case, hyphens, blanks and look-alike letters do not matter. */
export const normalizedCode = (typed: string): string =>
  [...typed.normalize('NFKC').toUpperCase()]
    .map((sign) => LOOK_ALIKES[sign] ?? sign)
    .filter((sign) => CODE_ALPHABET.includes(sign))
    .join('');

/** What is kept of a code. */
export const codeHash = (typed: string): Buffer =>
  createHash('sha256').update(normalizedCode(typed)).digest();
