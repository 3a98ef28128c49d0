import type { Spell } from '../workbook/heading.query.js';
import { dateText } from '../workbook/span.js';

/** Whether a pupil belonged to the group on that day. */
export const belongsOn = (spells: readonly Spell[], date: string): boolean =>
  spells.some(({ from, to }) => (from === null || from <= date) && (to === null || date <= to));

/** «приб. 05.10.2026, выб. 12.11.2026», as a paper journal notes it; empty for those who were there all the time. */
export function membershipNote(spells: readonly Spell[], from: string, to: string): string {
  const notes = spells.flatMap((spell) => [
    ...(spell.from !== null && spell.from > from ? [`приб. ${dateText(spell.from)}`] : []),
    ...(spell.to !== null && spell.to < to ? [`выб. ${dateText(spell.to)}`] : []),
  ]);
  return notes.join(', ');
}
