/**
 * Reads a spreadsheet in a thread of its own, which has bounds of time and memory (`read-workbook.ts`). It imports packages
 * only: in the tests Node loads this file as it is.
 */
import { buffer } from 'node:stream/consumers';
import { parentPort, workerData } from 'node:worker_threads';
import ExcelJS from 'exceljs';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import yazl from 'yazl';

/** Why a file was not read. */
export type WorkbookFault =
  | 'not-a-spreadsheet'
  | 'old-excel'
  | 'protected'
  | 'open-document'
  | 'binary-excel'
  | 'damaged'
  | 'too-large';

/** A cell as a person sees it, or null where the file does not say what that is: an error, a formula without its value. */
export type CellText = string | null;

export interface SheetRow {
  /** as the spreadsheet program shows it, from 1 */
  row: number;
  /** Cells that hold something, by column from 1. */
  cells: [column: number, text: CellText][];
}

export interface Sheet {
  name: string;
  isHidden: boolean;
  rows: SheetRow[];
}

export interface WorkbookBounds {
  /** of the parts that are read */
  maxUnpackedBytes: number;
  maxCells: number;
  maxParts: number;
}

export type ReadWorkbook = { sheets: Sheet[] } | { fault: WorkbookFault };

class Refused extends Error {
  readonly fault: WorkbookFault;

  // No parameter property: this file is run with its types taken off, not compiled.
  constructor(fault: WorkbookFault) {
    super(fault);
    this.fault = fault;
  }
}

/** What a table consists of. Notes, charts, pictures, tables and links stay away: exceljs stumbles over many of them. */
const READ_PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i;
const UNREAD_NODES = [
  'autoFilter',
  'conditionalFormatting',
  'dataValidations',
  'drawing',
  'extLst',
  'headerFooter',
  'hyperlinks',
  'legacyDrawing',
  'pageSetup',
  'picture',
  'rowBreaks',
  'sheetProtection',
  'tableParts',
];
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';
const LONGEST_TYPE = 200;

/** Never throws: a thread answers with what it found, or with why it did not read. */
export async function readWorkbook(content: Uint8Array, bounds: WorkbookBounds): Promise<ReadWorkbook> {
  try {
    return {
      sheets: await sheetsOf(Buffer.from(content.buffer, content.byteOffset, content.length), bounds),
    };
  } catch (error) {
    return { fault: error instanceof Refused ? error.fault : 'damaged' };
  }
}

async function sheetsOf(content: Buffer, bounds: WorkbookBounds): Promise<Sheet[]> {
  if (content.subarray(0, 4).toString('hex') === 'd0cf11e0')
    throw new Refused(content.includes('EncryptedPackage', 0, 'utf16le') ? 'protected' : 'old-excel');
  if (content.subarray(0, 2).toString('latin1') !== 'PK') throw new Refused('not-a-spreadsheet');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await tablesOnly(content, bounds)) as never, { ignoreNodes: UNREAD_NODES });
  return workbook.worksheets.map((sheet) => ({
    name: sheet.name,
    isHidden: sheet.state !== 'visible',
    rows: rowsOf(sheet),
  }));
}

/** The file without what is not read. It is unpacked here, within the bounds: what a ZIP says of its sizes may be a lie. */
async function tablesOnly(content: Buffer, { maxUnpackedBytes, maxCells, maxParts }: WorkbookBounds) {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  if (zip.entryCount > maxParts) throw new Refused('too-large');
  const tables = new yazl.ZipFile();
  const names = new Set<string>();
  let bytes = 0;
  let cells = 0;
  const read = async (entry: Entry): Promise<void> => {
    names.add(entry.fileName);
    if (entry.fileName === 'mimetype' && entry.uncompressedSize < LONGEST_TYPE) {
      const type = await buffer(await opened(zip, entry));
      if (type.toString('latin1').startsWith(OPEN_DOCUMENT)) throw new Refused('open-document');
    }
    if (!READ_PARTS.test(entry.fileName)) return;
    const chunks: Buffer[] = [];
    for await (const chunk of await opened(zip, entry)) {
      bytes += (chunk as Buffer).length;
      if (bytes > maxUnpackedBytes) throw new Refused('too-large');
      chunks.push(chunk as Buffer);
    }
    const part = Buffer.concat(chunks);
    for (let at = part.indexOf('<c '); at !== -1; at = part.indexOf('<c ', at + 3)) cells += 1;
    if (cells > maxCells) throw new Refused('too-large');
    tables.addBuffer(part, entry.fileName, { compress: false });
  };
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve());
    zip.on('entry', (entry: Entry) => void read(entry).then(() => zip.readEntry(), reject));
    zip.readEntry();
  });
  if (names.has('xl/workbook.bin')) throw new Refused('binary-excel');
  if (!names.has('xl/workbook.xml')) throw new Refused('not-a-spreadsheet');
  tables.end();
  return buffer(tables.outputStream);
}

const opened = (zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  );

function rowsOf(sheet: ExcelJS.Worksheet): SheetRow[] {
  const rows: SheetRow[] = [];
  sheet.eachRow((row, number) => {
    const cells: SheetRow['cells'] = [];
    row.eachCell((cell, column) => {
      // A text across columns stands in the first; one across rows is each row's.
      if (cell.isMerged && cell.master.fullAddress.col !== column) return;
      const text = textOf(cell.value);
      if (text !== '') cells.push([column, text]);
    });
    if (cells.length > 0) rows.push({ row: number, cells });
  });
  return rows;
}

function textOf(value: unknown): CellText {
  const text = textOfValue(value);
  return (
    text &&
    text
      .replaceAll(/(?:_x000D_|\r)\n?/gi, '\n')
      .replaceAll(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .trim()
  );
}

/** ExcelJS declares less than it returns: the text of a link may be rich text. */
function textOfValue(value: unknown): CellText {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return textOfDate(value);
  if (typeof value === 'boolean') return value ? 'ИСТИНА' : 'ЛОЖЬ';
  // A spreadsheet program shows 0.1 + 0.2 as 0.3: it keeps fifteen digits.
  if (typeof value === 'number') return String(Number(value.toPrecision(15))).replace('.', ',');
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return (value.richText as { text: string }[]).map((part) => part.text).join('');
  if ('hyperlink' in value && 'text' in value) return textOfValue(value.text);
  if ('formula' in value || 'sharedFormula' in value) {
    const { result } = value as { result?: unknown };
    return result === undefined || result === null ? null : textOfValue(result);
  }
  return null;
}

/** A cell has no time zone. One that holds a time only has the day 0 of the spreadsheet's calendar. */
function textOfDate(value: Date): CellText {
  if (Number.isNaN(value.getTime())) return null;
  const [date, time] = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().split('T');
  const clock = time!.slice(0, 5);
  const [year, month, day] = date!.split('-');
  if (Number(year) < 1900) return clock;
  return `${day}.${month}.${year}${clock === '00:00' ? '' : ` ${clock}`}`;
}

if (parentPort) {
  const { content, bounds } = workerData as { content: Uint8Array; bounds: WorkbookBounds };
  parentPort.postMessage(await readWorkbook(content, bounds));
}
