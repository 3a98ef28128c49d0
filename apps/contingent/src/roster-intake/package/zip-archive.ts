import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { IssueLog } from './issues.js';
import type { PackageLimits } from './limits.js';

// The published types describe yauzl 2; these are the parts of version 3 used here.
declare module 'yauzl' {
  interface Entry {
    fileNameRaw: Buffer;
    canDecodeFileData(): boolean;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  function openPromise(path: string, options: Options): Promise<ZipFile>;
  function getFileNameLowLevel(
    generalPurposeBitFlag: number,
    fileName: Buffer,
    extraFields: Entry['extraFields'],
    strictFileNames: boolean,
  ): string;
}

/** The archive, or a part of it, is damaged: the bytes are not what the zip directory promises. */
export class DamagedArchive extends Error {
  override name = 'DamagedArchive';
}

/** An open zip whose entries all passed the checks. Close it. */
export class ZipArchive {
  constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  get names(): string[] {
    return [...this.entries.keys()];
  }

  /** Changes when the contents of the entry change. */
  fingerprint(name: string): string {
    const entry = this.entries.get(name);
    return entry ? `${entry.crc32}:${entry.uncompressedSize}` : '';
  }

  /** The bytes of an entry. Throws `DamagedArchive` when they do not match their declared size or checksum. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name)!;
    let stream: Readable | undefined;
    let checksum = 0;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        // yauzl verifies sizes but leaves the checksum to its caller.
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw asDamage(error);
    } finally {
      stream?.destroy();
    }
    if (checksum !== entry.crc32) throw new DamagedArchive(`checksum of ${name} does not match`);
  }

  close(): void {
    this.zip.close();
  }
}

/**
 * Opens a zip and checks every entry of its directory before a byte is unpacked. Null when there was an issue.
 * Rejects when the file cannot be read at all (does not exist, no rights).
 */
export async function openZipArchive(
  path: string,
  limits: PackageLimits,
  log: IssueLog,
): Promise<ZipArchive | null> {
  const report = (code: string, message: string, file = '') =>
    log.add({ file, row: null, field: null, code, message });
  const { size } = await stat(path);
  if (size > limits.maxArchiveBytes) {
    report(
      'zip.input_too_large',
      `Архив занимает ${inMegabytes(size)}, принимается не больше ${inMegabytes(limits.maxArchiveBytes)}. Разделите пакет или уберите лишние файлы.`,
    );
    return null;
  }
  let zip: ZipFile | undefined;
  try {
    // Names stay bytes: decoding them, yauzl would stop at the first bad one with a message of its own.
    zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true });
    if (zip.entryCount > limits.maxEntries) {
      report(
        'zip.entry_count_exceeded',
        `В архиве ${zip.entryCount} файлов, принимается не больше ${limits.maxEntries}. Оставьте manifest.csv и файлы OneRoster.`,
      );
      zip.close();
      return null;
    }
    const issuesBefore = log.count;
    const entries = new Map<string, Entry>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      const name = yauzl.getFileNameLowLevel(
        entry.generalPurposeBitFlag,
        entry.fileNameRaw,
        entry.extraFields,
        true,
      );
      total += entry.uncompressedSize;
      const problem = problemOfEntry(name, entry, limits, entries);
      if (problem) report(problem.code, problem.message, name);
      else entries.set(name, entry);
    }
    if (total > limits.maxTotalBytes) {
      report(
        'zip.total_uncompressed_size_exceeded',
        `В распакованном виде файлы займут ${inMegabytes(total)}, принимается не больше ${inMegabytes(limits.maxTotalBytes)}. Разделите пакет.`,
      );
    }
    if (log.count === issuesBefore) return new ZipArchive(zip, entries);
    zip.close();
    return null;
  } catch (error) {
    zip?.close();
    if (!(asDamage(error) instanceof DamagedArchive)) throw error;
    report('zip.invalid_archive', DAMAGED_MESSAGE);
    return null;
  }
}

export const DAMAGED_MESSAGE =
  'Файл не читается как ZIP-архив: он повреждён или передан не полностью. Создайте архив заново и повторите отправку.';

function problemOfEntry(
  name: string,
  entry: Entry,
  limits: PackageLimits,
  earlier: ReadonlyMap<string, Entry>,
): { code: string; message: string } | null {
  const segments = name.split(/[/\\]/);
  const rootAdvice = 'Файлы CSV должны лежать в корне архива, без папок.';
  if (name.trim() === '')
    return { code: 'zip.entry_empty_name', message: 'В архиве есть файл без имени. Создайте архив заново.' };
  if (segments.includes('..')) {
    return {
      code: 'zip.entry_path_traversal',
      message: `Путь в архиве выходит за его пределы («..»). ${rootAdvice}`,
    };
  }
  if (/^([/\\]|[a-zA-Z]:)/.test(name)) {
    return { code: 'zip.entry_absolute_path', message: `В архиве записан полный путь файла. ${rootAdvice}` };
  }
  if (segments.at(-1) === '')
    return { code: 'zip.entry_directory', message: `В архиве есть папка. ${rootAdvice}` };
  if (segments.length > 1)
    return { code: 'zip.entry_nested_path', message: `Файл лежит внутри папки. ${rootAdvice}` };
  if (earlier.has(name)) {
    return {
      code: 'zip.entry_duplicate_name',
      message: 'В архиве два файла с одним и тем же именем. Оставьте один.',
    };
  }
  if (entry.uncompressedSize > limits.maxEntryBytes) {
    return {
      code: 'zip.entry_too_large',
      message: `В распакованном виде файл займёт ${inMegabytes(entry.uncompressedSize)}, принимается не больше ${inMegabytes(limits.maxEntryBytes)}.`,
    };
  }
  if (!entry.canDecodeFileData()) {
    return {
      code: 'zip.invalid_archive',
      message: 'Файл зашифрован или сжат неподдерживаемым способом. Создайте обычный ZIP без пароля.',
    };
  }
  return null;
}

/** Failures of the disk carry a system call and are not the sender's fault; the rest is what the bytes are. */
function asDamage(error: unknown): unknown {
  // No `instanceof Error`: zlib's errors come from another realm where the code runs in a VM context.
  const { message, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? new DamagedArchive(message, { cause: error }) : error;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toLocaleString('ru-RU', { maximumFractionDigits: 1 })} МБ`;
}
