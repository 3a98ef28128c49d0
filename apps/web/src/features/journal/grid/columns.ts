/** Rows and columns in sight, in steps of a few, so that scrolling does not draw at every pixel. */
export interface Sight {
  firstChunk: number;
  lastChunk: number;
  firstRow: number;
  lastRow: number;
}

/** Columns drawn together. */
export const CHUNK = 6;
const ROWS = 4;

export const NOTHING: Sight = { firstChunk: 0, lastChunk: -1, firstRow: 0, lastRow: -1 };

export interface View {
  left: number;
  top: number;
  /** of the cells alone, without what sticks to the sides */
  width: number;
  height: number;
}

interface Sizes {
  column: number;
  row: number;
  columns: number;
  rows: number;
}

/**
 * What to draw.
 * @param spare steps beyond what is in sight, on each side
 */
export function sightOf(view: View, { column, row, columns, rows }: Sizes, spare = 1): Sight {
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  const from = Math.floor(view.left / column / CHUNK);
  const to = Math.floor((view.left + view.width) / column / CHUNK);
  const top = Math.floor(view.top / row / ROWS);
  const bottom = Math.floor((view.top + view.height) / row / ROWS);
  return {
    firstChunk: within(from - spare, Math.ceil(columns / CHUNK)),
    lastChunk: within(to + spare, Math.ceil(columns / CHUNK)),
    firstRow: within((top - spare) * ROWS, rows),
    lastRow: within((bottom + spare + 1) * ROWS - 1, rows),
  };
}

export const isSameSight = (a: Sight, b: Sight): boolean =>
  a.firstChunk === b.firstChunk &&
  a.lastChunk === b.lastChunk &&
  a.firstRow === b.firstRow &&
  a.lastRow === b.lastRow;

/** The chunks in sight, and the one of the cursor wherever it is: the focus lives in it. */
export function chunksToDraw(
  { firstChunk, lastChunk }: Pick<Sight, 'firstChunk' | 'lastChunk'>,
  cursor: number,
): number[] {
  const chunks = Array.from({ length: Math.max(0, lastChunk - firstChunk + 1) }, (_, i) => firstChunk + i);
  const own = Math.floor(cursor / CHUNK);
  if (cursor >= 0 && own < firstChunk) chunks.unshift(own);
  if (cursor >= 0 && own > lastChunk) chunks.push(own);
  return chunks;
}

/** @returns the columns of a chunk */
export const columnsOf = (chunk: number, count: number): number[] =>
  Array.from({ length: Math.min(CHUNK, count - chunk * CHUNK) }, (_, i) => chunk * CHUNK + i);

export interface MonthSpan {
  /** `2026-11` */
  month: string;
  first: number;
  count: number;
}

export function monthsOf(dates: readonly string[]): MonthSpan[] {
  const spans: MonthSpan[] = [];
  dates.forEach((date, index) => {
    const month = date.slice(0, 7);
    const span = spans.at(-1);
    if (span?.month === month) span.count += 1;
    else spans.push({ month, first: index, count: 1 });
  });
  return spans;
}

/** The last lesson that has been held: the one a teacher comes for. */
export function lastHeld(dates: readonly string[], today: string): number {
  const index = dates.findLastIndex((date) => date <= today);
  return index < 0 ? 0 : index;
}
