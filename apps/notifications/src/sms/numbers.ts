import { createHash } from 'node:crypto';

/** The digits of a number in international form, from any usual writing: `+7 900 …`, `8900…`, `900…`, `007900…`. */
export function digitsOf(number: string): string {
  const digits = number.replace(/\D/g, '').replace(/^00(?=\d{11,})/, '');
  if (/^8\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
  return /^\d{10}$/.test(digits) ? `7${digits}` : digits;
}

/** What a number is kept as where tables are read across schools. */
export const numberHash = (number: string): string =>
  createHash('sha256').update(digitsOf(number)).digest('base64url');
