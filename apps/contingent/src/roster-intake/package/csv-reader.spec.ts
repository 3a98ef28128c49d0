import { describe, expect, it } from '@jest/globals';
import { readCsv } from './csv-reader.js';
import { problemsOf } from './testing/check.js';
import { PackageBuilder } from './testing/package-builder.js';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Reads a text and writes what came as `row: a|b` and `row! code`. */
async function read(content: string | Buffer, chunkSize = 1000, maxRecordBytes = 1000): Promise<string[]> {
  const seen: string[] = [];
  for await (const part of readCsv(inChunks(Buffer.from(content), chunkSize), maxRecordBytes)) {
    if (part.kind === 'fault') seen.push(`${part.row}! ${part.code}${part.fatal ? ' fatal' : ''}`);
    else seen.push(...part.records.map((record, index) => `${part.firstRow + index}: ${record.join('|')}`));
  }
  return seen;
}

const cp1251 = (text: string) =>
  Buffer.from(
    Array.from(text, (letter) =>
      letter >= 'А' ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0),
    ),
  );
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('the CSV reader', () => {
  it.each(['\r\n', '\n'])('reads records separated by %j, the last one with or without it', async (end) => {
    const expected = ['1: a|b', '2: 1|2'];
    expect(await read(`a,b${end}1,2${end}`)).toEqual(expected);
    expect(await read(`a,b${end}1,2`)).toEqual(expected);
  });

  it('reads quoted fields with commas and doubled quotes', async () => {
    expect(await read('a,b\n"1,5","МБОУ ""Школа № 1"""\n"",""""\n')).toEqual([
      '1: a|b',
      '2: 1,5|МБОУ "Школа № 1"',
      '3: |"',
    ]);
  });

  it('reads an empty line as a record with one empty value', async () => {
    expect(await read('a,b\n\n1,2\n')).toEqual(['1: a|b', '2: ', '3: 1|2']);
  });

  it('reads nothing from an empty file', async () => {
    expect(await read('')).toEqual([]);
  });

  it('stops at a quote that is never closed', async () => {
    expect(await read('a,b\n1,2\n"3,4\n5,6\n')).toEqual(['1: a|b', '2: 1|2', '3! csv.unclosed_quote fatal']);
    expect(await read('a,b\n1,"2')).toEqual(['1: a|b', '2! csv.unclosed_quote fatal']);
  });

  it('blames the unclosed quote, not the line whose quote seems to close it', async () => {
    expect(await read('a,b\n1,"Иванов\n2,"Петров"\n')).toEqual(['1: a|b', '2! csv.unclosed_quote fatal']);
  });

  it('does not read on for ever behind an unclosed quote', async () => {
    expect(await read(`a,b\n"${'1,2\n'.repeat(10_000)}`)).toEqual(['1: a|b', '2! csv.unclosed_quote fatal']);
  });

  it('stops at a record that never ends', async () => {
    expect(await read(`a,b\n${'1'.repeat(5000)}`)).toEqual(['1: a|b', '2! csv.record_too_long fatal']);
  });

  it('names a quote inside an unquoted field and goes on', async () => {
    expect(await read('a,b\nМБОУ "Школа",1\n1,2\n')).toEqual(['1: a|b', '2! csv.unescaped_quote', '3: 1|2']);
  });

  it('names text after a closing quote and goes on', async () => {
    expect(await read('a,b\n"МБОУ "Школа"",1\n1,2\n')).toEqual([
      '1: a|b',
      '2! csv.unexpected_character_after_quote',
      '3: 1|2',
    ]);
  });

  it('names a bare carriage return and goes on', async () => {
    expect(await read('a,b\n1\r,2\n3,4\n5,6\r')).toEqual([
      '1: a|b',
      '2! csv.bare_carriage_return',
      '3: 3|4',
      '4! csv.bare_carriage_return',
    ]);
  });

  it('names a line break inside quotes and counts the record as one row', async () => {
    expect(await read('a,b\n"1\n1",2\n3,"4\r\n4"\n5,6\n7,"8\r8"')).toEqual([
      '1: a|b',
      '2! csv.line_break_in_quoted_field',
      '3! csv.line_break_in_quoted_field',
      '4: 5|6',
      '5! csv.line_break_in_quoted_field',
    ]);
  });

  it('reads what comes after a byte order mark', async () => {
    expect(await read('\uFEFFa,b\n1,2\n')).toEqual(['1: a|b', '2: 1|2']);
  });

  it('stops at text in Windows-1251, after the rows before it', async () => {
    expect(await read(cp1251('a,b\n1,2\n3,Иванов\n4,5\n'))).toEqual([
      '1: a|b',
      '2: 1|2',
      '3! csv.invalid_encoding fatal',
    ]);
  });

  it('stops at UTF-16', async () => {
    expect(await read(utf16('a,b\n1,2\n'))).toEqual(['1! csv.invalid_encoding fatal']);
  });

  it('stops at a NUL, which PostgreSQL cannot store', async () => {
    expect(await read('a,b\n1,\0\n')).toEqual(['1: a|b', '2! csv.invalid_encoding fatal']);
  });

  it.each([';', '\t', '|'])('stops at once when columns are separated by %j', async (delimiter) => {
    expect(await read(['"a"', '"b"'].join(delimiter) + '\n')).toEqual(['1! csv.wrong_delimiter fatal']);
  });

  it('gives the same answer however the bytes arrive', async () => {
    const text = '\uFEFFа,б\r\n"1,""ж""",2\r\nМБОУ "Школа",1\r\n"1\n1",2\r\n3\r,4\r\n"5"x,6\n\n7,8\n"9,10\n';
    const whole = await read(text);
    expect(whole).toHaveLength(9);
    for (let size = 1; size <= 20; size += 1) expect(await read(text, size)).toEqual(whole);
  });
});

describe('a data file with broken CSV', () => {
  it('is one issue when its separator is a semicolon, and references to it stay silent', async () => {
    const builder = new PackageBuilder().rewrite('users', (text) => text.replaceAll(',', ';'));
    expect(await problemsOf(builder)).toEqual(['csv.wrong_delimiter users.csv:1 -']);
  });

  it('is taken with a byte order mark', async () => {
    const builder = new PackageBuilder()
      .rewrite('users', (text) => `\uFEFF${text}`)
      .rewrite('orgs', (text) => `\uFEFF${text}`);
    expect(await problemsOf(builder)).toEqual([]);
  });

  it('is one issue when it is in Windows-1251', async () => {
    const builder = new PackageBuilder().rewrite('users', (text) => cp1251(text));
    expect(await problemsOf(builder)).toEqual(['csv.invalid_encoding users.csv:2 -']);
  });

  it('is one issue when its lines end with a bare carriage return', async () => {
    const builder = new PackageBuilder().rewrite('users', (text) => text.replaceAll('\r\n', '\r'));
    expect(await problemsOf(builder)).toEqual(['csv.bare_carriage_return users.csv:1 -']);
  });

  it('does not blame references to a record that was lost to a fault', async () => {
    const builder = new PackageBuilder().rewrite('users', (text) => text.replace('Котова', 'Кот"ова'));
    expect(await problemsOf(builder)).toEqual(['csv.unescaped_quote users.csv:2 -']);
  });
});
