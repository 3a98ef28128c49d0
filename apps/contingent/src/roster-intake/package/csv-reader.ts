import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { CsvScanner, LF, type CsvBlock, type CsvFault } from './csv-scanner.js';

/** Consecutive records of a table; `records[0]` is row `firstRow`. */
export interface CsvRecords {
  kind: 'records';
  firstRow: number;
  records: string[][];
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const FOREIGN_DELIMITERS = [
  [';', 'точка с запятой'],
  ['\t', 'табуляция'],
  ['|', 'вертикальная черта'],
] as const;

/**
 * Reads a CSV byte stream strictly: UTF-8 with or without a byte order mark, comma, RFC 4180 quoting, no line
 * breaks in fields. Yields records in portions and every fault found; ends after a fatal fault. Holds one portion.
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  maxRecordBytes: number,
): AsyncGenerator<CsvRecords | CsvFault> {
  const scanner = new CsvScanner(maxRecordBytes);
  let atStart = true;
  for await (let bytes of withWholeFirstLine(chunks, maxRecordBytes)) {
    if (atStart) {
      atStart = false;
      if (startsWith(bytes, BYTE_ORDER_MARK)) bytes = bytes.subarray(BYTE_ORDER_MARK.length);
      const fault = faultOfFirstLine(bytes);
      if (fault) {
        yield fault;
        return;
      }
    }
    for (const part of scanner.push(bytes)) {
      for (const read of part.kind === 'block' ? readBlock(part) : [part]) {
        yield read;
        if (read.kind === 'fault' && read.fatal) return;
      }
    }
  }
  for (const part of scanner.finish()) yield* part.kind === 'block' ? readBlock(part) : [part];
}

/** Joins the first chunks until the first line is complete: it tells the separator before anything is parsed. */
async function* withWholeFirstLine(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.includes(LF) || head.length > limit) {
      yield head;
      head = null;
    }
  }
  if (head && head.length > 0) yield head;
}

function faultOfFirstLine(bytes: Buffer): CsvFault | null {
  if (UTF16_MARKS.some((mark) => startsWith(bytes, mark))) {
    return { kind: 'fault', code: 'csv.invalid_encoding', row: 1, fatal: true, detail: 'UTF-16' };
  }
  const end = bytes.indexOf(LF);
  const line = bytes.subarray(0, end < 0 ? bytes.length : end);
  if (line.includes(',')) return null;
  const foreign = FOREIGN_DELIMITERS.find(([delimiter]) => line.includes(delimiter));
  return foreign
    ? { kind: 'fault', code: 'csv.wrong_delimiter', row: 1, fatal: true, detail: foreign[1] }
    : null;
}

function* readBlock(block: CsvBlock): Generator<CsvRecords | CsvFault> {
  // PostgreSQL text cannot hold U+0000, so a NUL that is formally valid UTF-8 is refused here as well.
  if (isUtf8(block.bytes) && !block.bytes.includes(0)) {
    yield parseBlock(block.bytes, block.firstRow, block.rowCount);
    return;
  }
  let start = 0;
  let row = block.firstRow;
  while (start < block.bytes.length) {
    const lineEnd = block.bytes.indexOf(LF, start);
    const next = lineEnd < 0 ? block.bytes.length : lineEnd + 1;
    const line = block.bytes.subarray(start, next);
    if (!isUtf8(line) || line.includes(0)) {
      if (row > block.firstRow) {
        yield parseBlock(block.bytes.subarray(0, start), block.firstRow, row - block.firstRow);
      }
      yield { kind: 'fault', code: 'csv.invalid_encoding', row, fatal: true, detail: guessEncoding(line) };
      return;
    }
    start = next;
    row += 1;
  }
}

function parseBlock(bytes: Buffer, firstRow: number, rowCount: number): CsvRecords {
  const records = parse(bytes, {
    delimiter: ',',
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
  }) as string[][];
  if (records.length !== rowCount) {
    throw new Error(`csv-parse read ${records.length} records where the scanner saw ${rowCount}`);
  }
  return { kind: 'records', firstRow, records };
}

/** Windows-1251 puts all Russian letters but Ё at 0xC0 and above; random binary data does not. */
function guessEncoding(line: Buffer): string | undefined {
  const high = line.filter((byte) => byte >= 0x80);
  const letters = high.filter((byte) => byte >= 0xc0);
  return letters.length > 0 && letters.length >= high.length * 0.8 ? 'Windows-1251' : undefined;
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}
