import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { BOUNDS, UnreadableWorkbook, Workbooks } from '../spreadsheet/read-workbook.js';
import { readWorkbook, type Sheet } from '../spreadsheet/workbook-worker.js';
import { readPlan, type PlanChoice, type PlanReading } from './plan-sheet.js';

const HEADING = ['№', 'Раздел', 'Тема урока', 'Домашнее задание', 'Контрольная'];
type Change = (workbook: ExcelJS.Workbook) => void;

const workbooks = new Workbooks();

/** In the test's own thread: the rules do not depend on it, and a thread takes a second to start. */
async function sheetsOf(content: Buffer): Promise<Sheet[]> {
  const read = await readWorkbook(content, BOUNDS);
  if ('fault' in read) throw new UnreadableWorkbook(read.fault);
  return read.sheets;
}

async function file(rows: unknown[][], change?: Change): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('КТП').addRows(rows);
  change?.(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function read(rows: unknown[][], change?: Change, choice: PlanChoice = {}): Promise<PlanReading> {
  return readPlan(await sheetsOf(await file(rows, change)), choice)!;
}

const topics = (reading: PlanReading) => reading.lessons.map((one) => one.topic);
const fault = (name: string) => expect.objectContaining({ fault: name });

async function zipOf(parts: Record<string, Buffer | string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** The file with parts added, and a part of it changed. */
async function withParts(
  content: Buffer,
  parts: Record<string, string>,
  change: (name: string, xml: string) => string,
) {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  const all: Record<string, string> = { ...parts };
  await new Promise((resolve) => {
    zip.on('end', resolve);
    zip.on('entry', (entry: yauzl.Entry) =>
      zip.openReadStream(entry, (_, stream) => {
        void buffer(stream).then((part) => {
          if (!entry.fileName.endsWith('/')) all[entry.fileName] = change(entry.fileName, part.toString());
          zip.readEntry();
        });
      }),
    );
    zip.readEntry();
  });
  return zipOf(all);
}

describe('a spreadsheet is not read', () => {
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  it.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['that is no ZIP file', 'not-a-spreadsheet', () => Buffer.from('Тема;Урок')],
    ['that is empty', 'not-a-spreadsheet', () => Buffer.alloc(0)],
    ['of old Excel', 'old-excel', () => Buffer.concat([old, Buffer.alloc(600)])],
    [
      'with a password',
      'protected',
      () => Buffer.concat([old, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    [
      'of LibreOffice',
      'open-document',
      () => zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    ],
    ['in binary form', 'binary-excel', () => zipOf({ 'xl/workbook.bin': 'x' })],
    ['that is a text document', 'not-a-spreadsheet', () => zipOf({ 'word/document.xml': '<x/>' })],
    ['that is cut off', 'damaged', async () => (await file([HEADING])).subarray(0, 2000)],
    ['whose parts are no XML', 'damaged', () => zipOf({ 'xl/workbook.xml': '<workbook><sheets' })],
    [
      'of many parts',
      'too-large',
      () => zipOf(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`part-${i}`, 'x']))),
    ],
    [
      'that would unpack to more than a spreadsheet needs',
      'too-large',
      () => zipOf({ 'xl/worksheets/sheet1.xml': Buffer.alloc(65 * 1024 * 1024) }),
    ],
    [
      'of more cells than a plan has',
      'too-large',
      () => zipOf({ 'xl/worksheets/sheet1.xml': '<c r="A1"/>'.repeat(150_001) }),
    ],
  ])('%s', async (_, why, content) => {
    await expect(sheetsOf(await content())).rejects.toEqual(fault(why));
  });
});

describe('a thematic plan', () => {
  it('has a title above its heading', async () => {
    const title = 'Тематическое планирование по алгебре';
    const reading = await read([[title], ['№', 'Раздел', 'Тема урока'], [1, 'Числа', 'Дроби']]);
    expect([reading.headingRow, topics(reading)]).toEqual([2, ['Дроби']]);
  });

  it.each([
    ['rich text', { richText: [{ text: 'Дро' }, { text: 'би' }] }, 'Дроби'],
    ['a link', { text: 'Дроби', hyperlink: 'https://example.org' }, 'Дроби'],
    [
      'a formatted link',
      { text: { richText: [{ text: 'Дроби' }] }, hyperlink: 'https://example.org' },
      'Дроби',
    ],
    ['a date', new Date('2026-10-01T00:00:00Z'), '01.10.2026'],
    ['a date with a time', new Date('2026-10-01T09:59:59.999Z'), '01.10.2026 10:00'],
    ['a number', 7, '7'],
    ['a sum of decimals', 0.1 + 0.2, '0,3'],
    ['a formula with its value', { formula: 'B1', result: 'Дроби' }, 'Дроби'],
    ['a line break', 'Дроби_x000D_и числа', 'Дроби\nи числа'],
    ['signs that nobody sees', '\u200b\u00a0Дро\u00adби\u00a0', 'Дроби'],
    ['letters in two parts', 'Дроби\u0306', 'Дробй'.normalize('NFC')],
  ])('has %s for a topic', async (_, value, topic) => {
    expect(topics(await read([['Тема'], [value]]))).toEqual([topic]);
  });

  it('with notes, charts and tables is read as without them', async () => {
    const plain = await file([HEADING, [1, 'Числа', 'Дроби', '§ 1', '']]);
    const rel = (id: string, type: string, target: string) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
    const decorated = await withParts(
      plain,
      {
        'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rel('r1', 'drawing', '../drawings/drawing7.xml')}${rel('r2', 'comments', '/xl/notes/notes1.xml')}${rel('r3', 'table', '../tables/table1.xml')}</Relationships>`,
        'xl/drawings/drawing7.xml': '<c:chartSpace/>',
        'xl/notes/notes1.xml': '<comments/>',
        'xl/tables/table1.xml': '<table/>',
      },
      (name, xml) =>
        name.endsWith('sheet1.xml')
          ? xml.replace(
              '</worksheet>',
              '<drawing r:id="r1"/><legacyDrawing r:id="r2"/><tableParts count="1"><tablePart r:id="r3"/></tableParts></worksheet>',
            )
          : xml,
    );
    expect(topics(readPlan(await sheetsOf(decorated), {})!)).toEqual(['Дроби']);
  });

  it('with a last row far below is read to its end', async () => {
    const reading = await read([['Тема'], ['Дроби']], (workbook) => {
      workbook.worksheets[0]!.getCell('A1048576').value = 'Конец';
    });
    expect(topics(reading)).toEqual(['Дроби', 'Конец']);
  });

  it('is on the first visible sheet that has a heading, or on the chosen one', async () => {
    const sheets: Change = (workbook) => {
      workbook.worksheets[0]!.state = 'hidden';
      workbook.addWorksheet('Титул').addRows([['Рабочая программа']]);
      workbook.addWorksheet('План').addRows([['Тема'], ['Дроби']]);
      workbook.addWorksheet('План 2').addRows([['Тема'], ['Числа']]);
    };
    const rows = [['Тема'], ['Скрытая']];
    expect(topics(await read(rows, sheets))).toEqual(['Дроби']);
    expect(topics(await read(rows, sheets, { sheet: 'План 2' }))).toEqual(['Числа']);
    expect(topics(await read(rows, sheets, { sheet: 'КТП' }))).toEqual(['Скрытая']);
    expect(readPlan(await sheetsOf(await file(rows, sheets)), { sheet: 'Нет' })).toBeUndefined();
  });

  it('is read by the columns and the heading that a person chooses', async () => {
    const rows = [
      ['Что изучаем', 'Тема прошлого года', 'Что задано'],
      ['Дроби', 'Числа', '§ 1'],
    ];
    expect(topics(await read(rows))).toEqual(['Числа']);
    const columns = { topic: 1, homework: 3 };
    expect((await read(rows, undefined, { columns })).lessons).toEqual([
      expect.objectContaining({ topic: 'Дроби', homework: '§ 1' }),
    ]);
    expect(topics(await read(rows, undefined, { columns, headingRow: 0 }))).toEqual(['Что изучаем', 'Дроби']);
    expect((await read(rows, undefined, { columns })).columns.map(({ field }) => field)).toEqual([
      'topic',
      null,
      'homework',
    ]);
  });

  it('without a column of topics says so, and shows the columns there are', async () => {
    const reading = await read([
      ['Урок', 'Задание'],
      ['Дроби', '§ 1'],
    ]);
    expect(reading.errors).toEqual([expect.objectContaining({ code: 'curriculum.plan-no-topic-column' })]);
    expect(reading.columns).toHaveLength(2);
  });

  it('takes a text across its columns for the heading of a section, not for a lesson', async () => {
    const reading = await read([['№', 'Тема', 'Д/з'], ['Раздел 1. Числа'], [1, 'Дроби', '§ 1']], (workbook) =>
      workbook.worksheets[0]!.mergeCells('A2:C2'),
    );
    expect(reading.lessons).toEqual([
      expect.objectContaining({ topic: 'Дроби', section: 'Раздел 1. Числа' }),
    ]);
  });

  it('keeps a topic that stands over two rows for both lessons', async () => {
    const reading = await read(
      [
        ['№', 'Тема', 'Д/з'],
        [1, 'Дроби', '§ 1'],
        [2, null, '§ 2'],
      ],
      (workbook) => workbook.worksheets[0]!.mergeCells('B2:B3'),
    );
    expect(topics(reading)).toEqual(['Дроби', 'Дроби']);
  });

  it('names each row that it passes over', async () => {
    const reading = await read([
      HEADING,
      [1, '', 'Дроби'],
      [],
      ['', '', '', '', ''],
      ['Итого', '', '', '34'],
    ]);
    expect(reading.passedOver).toEqual([{ row: 5, text: 'Итого · 34' }]);
  });

  it.each([
    ['a formula without its value', [['Тема'], ['Дроби'], [{ formula: 'B1' }]], 3, 'plan-cell-unreadable'],
    ['an error', [['Тема'], [{ error: '#REF!' }]], 2, 'plan-cell-unreadable'],
    ['a NUL', [['Тема'], ['Дро_x0000_би']], 2, 'plan-cell-unreadable'],
    ['a text that is too long', [['Тема'], ['д'.repeat(501)]], 2, 'plan-text-too-long'],
    [
      'a 1,001st lesson',
      [['Тема'], ...Array.from({ length: 1001 }, () => ['Дроби'])],
      1002,
      'plan-too-many-lessons',
    ],
    [
      'more text than one fact may hold',
      Array.from({ length: 800 }, (_, i) => [i ? 'д'.repeat(500) : 'Тема']),
      null,
      'plan-too-large',
    ],
    ['no topic', [['Тема', 'Раздел']], null, 'plan-empty'],
  ])('with %s is refused with the number of the row', async (_, rows, row, code) => {
    const { errors } = await read(rows as unknown[][]);
    expect(errors).toEqual([expect.objectContaining({ code: `curriculum.${code}`, row })]);
  });

  it('names all rows that cannot be kept', async () => {
    const { errors, lessons } = await read([['Тема'], [{ error: '#REF!' }], ['Дроби'], ['д'.repeat(501)]]);
    expect([errors.map(({ row }) => row), lessons.length]).toEqual([[2, 4], 1]);
  });
});

describe('a file at its limits', () => {
  const crowded = new Workbooks({ maxWaiting: 2 });
  let longest = 0;
  let took = 0;

  beforeAll(async () => {
    // 1,000 lessons, 40 columns, and formatted empty rows: what a school's form comes to.
    const content = await file([
      [...HEADING, ...Array.from({ length: 35 }, (_, i) => `Графа ${i}`)],
      ...Array.from({ length: 1000 }, (_, i) => [
        i + 1,
        'Раздел',
        `Тема ${i}`,
        '§ 1',
        '',
        ...Array.from({ length: 35 }, (_, at) => `${at} ${crypto.randomUUID()}`),
      ]),
    ]);
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const started = performance.now();
    const sheets = await workbooks.read(content);
    took = performance.now() - started;
    clearInterval(ticking);
    expect(readPlan(sheets, {})!.lessons).toHaveLength(1000);
  }, 30_000);

  it('that does not come to an end is given up, and the next one is read', async () => {
    const endless = new Workbooks({ maxMs: 1 });
    await expect(endless.read(await file([HEADING]))).rejects.toEqual(fault('too-large'));
    await expect(workbooks.read(await file([HEADING]))).resolves.toHaveLength(1);
  });

  it('is refused while too many wait', async () => {
    const content = Buffer.from('no spreadsheet');
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => crowded.read(content)));
    expect(answers.map((one) => (one as PromiseRejectedResult).reason.fault)).toEqual([
      'not-a-spreadsheet',
      'not-a-spreadsheet',
      'busy',
      'busy',
    ]);
  });

  it('is read beside the event loop', () => {
    expect(longest).toBeLessThan(Math.max(200, took / 2));
  });
});
