import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import yauzl from 'yauzl';
import yazl from 'yazl';

export type CsvRow = Record<string, string>;

/** The demo district's roster package as tables. */
export type RosterTables = Map<string, CsvRow[]>;

/** First calendar year of the school year the package was written for. */
const WRITTEN_FOR = 2026;

/** Columns that move with the school year. */
const DATE_COLUMNS = new Set(['startDate', 'endDate', 'beginDate', 'birthDate']);

/** The first calendar year of the school year a day lies in; from mid-August on it is the coming one. */
export function schoolYearOf(day: Date): number {
  const year = day.getFullYear();
  return day >= new Date(year, 7, 15) ? year : year - 1;
}

/** Reads the package's tables. */
export async function readRosterTables(zipPath: string): Promise<RosterTables> {
  const zip = await yauzl.openPromise(zipPath, {});
  const tables: RosterTables = new Map();
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    tables.set(entry.fileName, parse(content, { columns: true }) as CsvRow[]);
  }
  return tables;
}

/** Moves the tables' dates to the school year that begins in `year`; ids stay as they are. */
export function moveToSchoolYear(tables: RosterTables, year: number): void {
  const shift = year - WRITTEN_FOR;
  if (shift === 0) return;
  for (const rows of tables.values()) {
    for (const row of rows) {
      for (const column of Object.keys(row)) {
        const value = row[column]!;
        if (!value) continue;
        if (DATE_COLUMNS.has(column)) row[column] = shiftYears(value, shift);
        else if (column === 'schoolYear') row[column] = String(Number(value) + shift);
        else if (column === 'title' && /^\d{4}\/\d{4} /.test(value)) {
          row[column] = value.replace(/\d{4}/g, (match) => String(Number(match) + shift));
        }
      }
    }
  }
}

function shiftYears(date: string, shift: number): string {
  const moved = `${Number(date.slice(0, 4)) + shift}${date.slice(4)}`;
  return moved.endsWith('-02-29') && Number.isNaN(Date.parse(moved))
    ? moved.replace('-02-29', '-02-28')
    : moved;
}

/** Packs the tables again as the region would send them. */
export async function packRoster(tables: RosterTables): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, rows] of tables) {
    const columns = Object.keys(rows[0]!);
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]!))];
    zip.addBuffer(Buffer.from(lines.map((cells) => cells.map(quoted).join(',')).join('\r\n') + '\r\n'), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Where the demo's data lie, relative to this file in source and in dist alike. */
export const readDemoFile = (name: string): Buffer =>
  readFileSync(new URL(`../../../../tools/demo/data/${name}`, import.meta.url));
