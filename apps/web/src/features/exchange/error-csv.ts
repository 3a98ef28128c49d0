import type { Schemas } from '../../api/types';

type RosterError = Schemas['RosterError'];

/** A spreadsheet would run a cell that begins with one of these as a formula; the text comes from somebody's file. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Semicolons and a byte order mark: so that a Russian Excel opens it by a double click. */
export function errorsCsv(header: string[], errors: RosterError[]): Blob {
  const rows = errors.map(({ file, row, field, code, message }) => [file, row, field, code, message]);
  const lines = [header, ...rows].map((line) => line.map(cell).join(';'));
  return new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}

export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
