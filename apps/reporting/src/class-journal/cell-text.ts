/** Absence codes as a journal shows them: absent, ill, excused, late. */
const LETTERS: Record<string, string> = { ABSENT: 'Н', ILL: 'Б', EXCUSED: 'У', LATE: 'О' };

/**
 * What stands in a cell: «5», «5/4», «Н», «О/4».
 * @returns a lone mark that is a number as a number, so that a spreadsheet can count with it
 */
export function cellText(code: string | null, marks: readonly string[]): string | number | null {
  const parts = [...(code ? [LETTERS[code] ?? code] : []), ...marks];
  if (parts.length === 0) return null;
  return parts.length === 1 && /^\d$/.test(parts[0]!) ? Number(parts[0]) : parts.join('/');
}
