export type CsvFaultCode =
  | 'csv.unclosed_quote'
  | 'csv.unescaped_quote'
  | 'csv.unexpected_character_after_quote'
  | 'csv.bare_carriage_return'
  | 'csv.line_break_in_quoted_field'
  | 'csv.record_too_long'
  | 'csv.invalid_encoding'
  | 'csv.wrong_delimiter';

/** A break of the CSV grammar. After a fatal one the rest of the file cannot be told apart into records. */
export interface CsvFault {
  kind: 'fault';
  code: CsvFaultCode;
  row: number;
  fatal: boolean;
  /** What the message may add: the likely encoding, the separator found. */
  detail?: string;
}

/** Consecutive well-formed records, exactly one per line, as bytes. */
export interface CsvBlock {
  kind: 'block';
  firstRow: number;
  rowCount: number;
  bytes: Buffer;
}

export const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const QUOTE_IN_QUOTED = 3;
const AFTER_CARRIAGE_RETURN = 4;
const SKIP_TO_LINE_END = 5;

/**
 * Cuts a byte stream into records by RFC 4180 and names each break of the grammar. csv-parse reads the
 * values afterwards; alone it cannot name these faults (a line break in quotes or a bare CR is fine to it).
 * Works on bytes: every byte it looks for is ASCII and never occurs inside a UTF-8 sequence.
 * A record with a fault is reported and left out; the records around it still come through.
 */
export class CsvScanner {
  private data: Buffer = Buffer.alloc(0);
  private position = 0;
  private recordStart = 0;
  private blockStart = 0;
  private row = 1;
  private blockFirstRow = 1;
  private state = FIELD_START;
  private fault: CsvFaultCode | null = null;
  private lineBreakInQuotes = false;
  private ended = false;

  constructor(private readonly maxRecordBytes: number) {}

  /** Takes the next bytes; yields what became complete with them. Nothing more comes after a fatal fault. */
  *push(chunk: Buffer): Generator<CsvBlock | CsvFault> {
    if (this.ended) return;
    const unfinished = this.data.subarray(this.recordStart);
    this.data = unfinished.length > 0 ? Buffer.concat([unfinished, chunk]) : chunk;
    this.position -= this.recordStart;
    this.recordStart = 0;
    this.startBlock(0);

    while (this.advanceToRecordEnd()) yield* this.closeRecord();
    if (this.ended) {
      yield* this.flushBlock();
      yield { kind: 'fault', code: this.fault!, row: this.row, fatal: true };
      return;
    }
    yield* this.flushBlock();
    if (this.data.length - this.recordStart > this.maxRecordBytes) {
      this.ended = true;
      const code = this.lineBreakInQuotes ? 'csv.unclosed_quote' : 'csv.record_too_long';
      yield { kind: 'fault', code, row: this.row, fatal: true };
    }
  }

  /** The last record may lack its line end. */
  *finish(): Generator<CsvBlock | CsvFault> {
    if (this.ended) return;
    if (this.state === QUOTED) {
      yield { kind: 'fault', code: 'csv.unclosed_quote', row: this.row, fatal: true };
      return;
    }
    if (this.recordStart === this.data.length) return;
    this.startBlock(this.recordStart);
    if (this.state === AFTER_CARRIAGE_RETURN) this.fault ??= 'csv.bare_carriage_return';
    if (this.state === QUOTE_IN_QUOTED && this.lineBreakInQuotes) {
      this.fault ??= 'csv.line_break_in_quoted_field';
    }
    yield* this.closeRecord();
    yield* this.flushBlock();
  }

  /** Runs the state machine; true when `position` stands just after a record, false when the bytes ran out. */
  private advanceToRecordEnd(): boolean {
    const { data } = this;
    let { state, position } = this;
    let recordEnded = false;
    while (position < data.length && !recordEnded && !this.ended) {
      const byte = data[position]!;
      switch (state) {
        case FIELD_START:
        case UNQUOTED:
          if (byte === COMMA) state = FIELD_START;
          else if (byte === LF) recordEnded = true;
          else if (byte === CR) state = AFTER_CARRIAGE_RETURN;
          else if (byte === QUOTE && state === FIELD_START) state = QUOTED;
          else {
            if (byte === QUOTE) this.fault ??= 'csv.unescaped_quote';
            state = UNQUOTED;
          }
          break;
        case QUOTED:
          if (byte === QUOTE) state = QUOTE_IN_QUOTED;
          else if (byte === LF || byte === CR) this.lineBreakInQuotes = true;
          break;
        case QUOTE_IN_QUOTED:
          if (byte === QUOTE) {
            state = QUOTED;
            break;
          }
          if (byte === COMMA || byte === LF || byte === CR) {
            if (this.lineBreakInQuotes) this.fault ??= 'csv.line_break_in_quoted_field';
            state = byte === CR ? AFTER_CARRIAGE_RETURN : FIELD_START;
            recordEnded = byte === LF;
          } else if (this.lineBreakInQuotes) {
            // The quote "closed" in the middle of a later line: it opened that line's value, so the first
            // one was never closed and the record boundaries from here on are guesses.
            this.fault = 'csv.unclosed_quote';
            this.ended = true;
          } else {
            this.fault ??= 'csv.unexpected_character_after_quote';
            state = SKIP_TO_LINE_END;
          }
          break;
        case AFTER_CARRIAGE_RETURN:
          if (byte === LF) recordEnded = true;
          else {
            this.fault ??= 'csv.bare_carriage_return';
            state = SKIP_TO_LINE_END;
          }
          break;
        default:
          recordEnded = byte === LF;
      }
      position += 1;
    }
    this.state = recordEnded ? FIELD_START : state;
    this.position = position;
    return recordEnded;
  }

  private *closeRecord(): Generator<CsvBlock | CsvFault> {
    const faultOfRecord = this.fault;
    if (faultOfRecord) {
      yield* this.flushBlock();
      yield { kind: 'fault', code: faultOfRecord, row: this.row, fatal: false };
    }
    this.row += 1;
    this.recordStart = this.position;
    this.fault = null;
    this.lineBreakInQuotes = false;
    if (faultOfRecord) this.startBlock(this.recordStart);
  }

  private startBlock(offset: number): void {
    this.blockStart = offset;
    this.blockFirstRow = this.row;
  }

  private *flushBlock(): Generator<CsvBlock> {
    if (this.recordStart === this.blockStart) return;
    yield {
      kind: 'block',
      firstRow: this.blockFirstRow,
      rowCount: this.row - this.blockFirstRow,
      bytes: this.data.subarray(this.blockStart, this.recordStart),
    };
    this.startBlock(this.recordStart);
  }
}
