import { DomainError } from '@parta/platform-errors';

/**
 * Bounds what one screen may ask for.
 * @param days at most, both ends included
 * @throws DomainError `journal.range-too-long`
 */
export function rangeIsAtMost(from: string, to: string, days: number): void {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (!(length >= 1 && length <= days)) {
    throw new DomainError('invalid', 'journal.range-too-long', `from and to span 1 to ${days} days`, {
      details: { maxDays: days },
    });
  }
}
