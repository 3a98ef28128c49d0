export interface Window {
  first: number;
  last: number;
}

const CHUNK = 6;

/** The columns to draw, in steps of a few, so that scrolling does not draw at every pixel. */
export function columnWindow(
  scrollLeft: number,
  seenWidth: number,
  columnWidth: number,
  count: number,
): Window {
  const from = Math.floor(scrollLeft / columnWidth);
  const to = Math.ceil((scrollLeft + seenWidth) / columnWidth);
  return {
    first: Math.max(0, (Math.floor(from / CHUNK) - 1) * CHUNK),
    last: Math.min(count - 1, (Math.ceil(to / CHUNK) + 1) * CHUNK),
  };
}

/** The columns of the window, and the one of the cursor wherever it is: the focus lives in it. */
export function columnsToDraw({ first, last }: Window, cursor: number): number[] {
  const columns = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (cursor >= 0 && cursor < first) columns.unshift(cursor);
  if (cursor > last) columns.push(cursor);
  return columns;
}

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
