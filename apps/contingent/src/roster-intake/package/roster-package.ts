import { checkDataFile } from './data-file-check.js';
import { readCsv } from './csv-reader.js';
import { DATA_FILES, fileNameOf, READING_ORDER, type DataFileName } from './file-schemas.js';
import { IssueLog, type RosterIssue, type RosterIssueGroup } from './issues.js';
import { DEFAULT_LIMITS, type PackageLimits } from './limits.js';
import { MANIFEST_FILE, readManifest, type ManifestDraft, type PackageManifest } from './manifest.js';
import { ReferenceChecker, type KnownTarget } from './references.js';
import { DAMAGED_MESSAGE, DamagedArchive, openZipArchive, type ZipArchive } from './zip-archive.js';

export type { DataFileName } from './file-schemas.js';
export type { RosterIssue, RosterIssueGroup } from './issues.js';
export type { PackageLimits } from './limits.js';
export type { FileMode } from './manifest.js';

/** One record of a data file. */
export interface RosterRow {
  /** As a spreadsheet shows it: the header is row 1. */
  row: number;
  /** By column name, `metadata.*` columns included; an empty cell is ''. */
  values: Record<string, string>;
}

/** A package that passed every check. It reads from the zip again, so the file must stay where it is. */
export interface RosterPackage {
  manifest: PackageManifest;
  /** Data rows of each file; 0 when absent. */
  counts: Record<DataFileName, number>;
  /** Streams the records of a file, none when it is absent. Throws when the zip changed after the check. */
  rows(file: DataFileName): AsyncIterable<RosterRow>;
}

export interface RosterCheck {
  /** Null when there is any issue: a package is taken as a whole or not at all. */
  package: RosterPackage | null;
  /** At most `maxIssues`, and at most a tenth of that of one kind in one column. */
  issues: RosterIssue[];
  /** All issues, kept or not. */
  issueCount: number;
  /** How many issues of each kind there are in each column, complete. */
  groups: RosterIssueGroup[];
  /** Data rows read of each file, also when the package has issues. */
  counts: Record<DataFileName, number>;
}

/** The sending system as the manifest names it. */
export type PackageSource = Pick<PackageManifest, 'sourceSystemName' | 'sourceSystemCode'>;

export interface RosterCheckOptions {
  limits?: Partial<PackageLimits>;
  /** How many issues to keep; 1000 by default. */
  maxIssues?: number;
  /**
   * Asked, a thousand ids at a time, which records exist at the receiver already. Only references to an absent
   * or delta file are asked about: a bulk file is the complete state. Without it they are issues.
   */
  knownTarget?: KnownTarget;
  /** Told who sends the package, before any data file is read; not called when the manifest is unreadable. */
  onManifest?: (source: PackageSource) => Promise<void>;
  /** Called after each portion with the number of data rows read so far in the whole package. */
  onProgress?: (rowsRead: number) => void;
}

const DEFAULT_MAX_ISSUES = 1000;

/**
 * Checks a OneRoster 1.2 package (CSV binding 1.2.1, zip) strictly and in a stream: input from a regional
 * student-body system (R202). Everything wrong with the package is an issue in the answer; it rejects only
 * when the file cannot be read from the disk or `knownTarget` rejects.
 */
export async function checkRosterPackage(
  zipPath: string,
  options: RosterCheckOptions = {},
): Promise<RosterCheck> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = new IssueLog(options.maxIssues ?? DEFAULT_MAX_ISSUES);
  const archive = await openZipArchive(zipPath, limits, log);
  const counts = Object.fromEntries(DATA_FILES.map((file) => [file, 0])) as Record<DataFileName, number>;
  let checked: RosterPackage | null = null;
  if (archive) {
    try {
      checked = await checkArchive(zipPath, archive, limits, log, counts, options);
    } finally {
      archive.close();
    }
  }
  return { package: checked, issues: log.list(), issueCount: log.count, groups: log.summary(), counts };
}

async function checkArchive(
  zipPath: string,
  archive: ZipArchive,
  limits: PackageLimits,
  log: IssueLog,
  counts: RosterCheck['counts'],
  options: RosterCheckOptions,
): Promise<RosterPackage | null> {
  const present = checkFileNames(archive.names, log);
  if (!archive.names.includes(MANIFEST_FILE)) {
    const message = 'В архиве нет файла manifest.csv. Добавьте его в корень архива.';
    log.add({ file: MANIFEST_FILE, row: null, field: null, code: 'package.missing_manifest', message });
    return null;
  }
  const manifest = await orDamaged(MANIFEST_FILE, log, null, () =>
    readManifest(archive.read(MANIFEST_FILE), limits.maxRecordBytes, log),
  );
  if (!manifest) return null;
  checkPresence(manifest.modes, present, log);

  const references = new ReferenceChecker(manifest.modes, options.knownTarget, log);
  await options.onManifest?.(manifest);
  let rowsRead = 0;
  const onRows = (count: number) => options.onProgress?.((rowsRead += count));
  const context = { log, references, maxRecordBytes: limits.maxRecordBytes, onRows };
  for (const file of READING_ORDER) {
    const mode = manifest.modes[file];
    if (!mode || mode === 'absent') continue;
    if (!present.has(file)) {
      await references.endFile(file, false, true);
      continue;
    }
    const fileName = fileNameOf(file);
    const rows = await orDamaged(fileName, log, null, () =>
      checkDataFile(file, mode, archive.read(fileName), context),
    );
    if (rows === null) await references.endFile(file, false, true);
    else counts[file] = rows;
  }
  if (log.count > 0) return null;

  const fingerprints = new Map(archive.names.map((name) => [name, archive.fingerprint(name)]));
  return {
    manifest: manifest as PackageManifest,
    counts,
    rows: (file) => readRows(zipPath, limits, file, fingerprints),
  };
}

function checkFileNames(names: readonly string[], log: IssueLog): Set<DataFileName> {
  const expected = new Map<string, DataFileName>(DATA_FILES.map((file) => [fileNameOf(file), file]));
  const canonical = new Map([...expected.keys(), MANIFEST_FILE].map((name) => [name.toLowerCase(), name]));
  const present = new Set<DataFileName>();
  for (const name of names) {
    const file = expected.get(name);
    if (file) present.add(file);
    if (file || name === MANIFEST_FILE) continue;
    const meant = canonical.get(name.toLowerCase());
    const report = (code: string, message: string) =>
      log.add({ file: name, row: null, field: null, code, message });
    if (meant !== undefined && names.includes(meant)) {
      report(
        'package.duplicate_file',
        `Файл ${meant} передан дважды, имена различаются только регистром букв. Оставьте ${meant}.`,
      );
    } else if (meant !== undefined) {
      report('package.unknown_file', `Имя файла надо писать точно так: ${meant} (регистр букв важен).`);
    } else {
      report('package.unknown_file', 'Такого файла нет в OneRoster 1.2. Удалите его из архива.');
    }
  }
  return present;
}

function checkPresence(
  modes: ManifestDraft['modes'],
  present: ReadonlySet<DataFileName>,
  log: IssueLog,
): void {
  for (const file of DATA_FILES) {
    const mode = modes[file];
    const fileName = fileNameOf(file);
    const report = (code: string, message: string) =>
      log.add({ file: MANIFEST_FILE, row: null, field: `file.${file}`, code, message });
    if (mode === 'absent' && present.has(file)) {
      report(
        'manifest.file_unexpected',
        `Файл ${fileName} есть в архиве, но в manifest.csv указан как absent. Укажите bulk или delta либо удалите файл.`,
      );
    } else if (mode && mode !== 'absent' && !present.has(file)) {
      report(
        'manifest.file_missing',
        `Файл ${fileName} указан в manifest.csv как ${mode}, но его нет в архиве. Добавьте файл или укажите absent.`,
      );
    }
  }
}

/** Damage found while unpacking an entry is an issue of that file; everything else is passed on. */
async function orDamaged<T>(file: string, log: IssueLog, otherwise: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    log.add({ file, row: null, field: null, code: 'zip.invalid_archive', message: DAMAGED_MESSAGE });
    return otherwise;
  }
}

async function* readRows(
  zipPath: string,
  limits: PackageLimits,
  file: DataFileName,
  fingerprints: ReadonlyMap<string, string>,
): AsyncGenerator<RosterRow> {
  const fileName = fileNameOf(file);
  if (!fingerprints.has(fileName)) return;
  const archive = await openZipArchive(zipPath, limits, new IssueLog(0));
  try {
    if (archive?.fingerprint(fileName) !== fingerprints.get(fileName)) {
      throw new DamagedArchive(`${fileName} changed after the package was checked`);
    }
    let header: string[] | undefined;
    for await (const part of readCsv(archive!.read(fileName), limits.maxRecordBytes)) {
      if (part.kind === 'fault')
        throw new DamagedArchive(`${fileName} changed after the package was checked`);
      for (const [index, record] of part.records.entries()) {
        if (header) yield { row: part.firstRow + index, values: toValues(header, record) };
        else header = record;
      }
    }
  } finally {
    archive?.close();
  }
}

function toValues(header: readonly string[], record: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let index = 0; index < header.length; index += 1) values[header[index]!] = record[index]!;
  return values;
}
