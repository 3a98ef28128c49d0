import { csvIssue } from './csv-messages.js';
import { readCsv } from './csv-reader.js';
import { DATA_FILES, fileNameOf, type DataFileName } from './file-schemas.js';
import { quoteValue, type IssueLog } from './issues.js';

export const MANIFEST_FILE = 'manifest.csv';

/** How a data file is to be taken: not at all, as the complete state, or as changes. */
export type FileMode = 'absent' | 'bulk' | 'delta';

export interface PackageManifest {
  oneRosterVersion: string;
  sourceSystemName: string | null;
  sourceSystemCode: string | null;
  modes: Record<DataFileName, FileMode>;
}

/** What could be read of a manifest. A mode is missing where its row is missing or wrong. */
export interface ManifestDraft extends Omit<PackageManifest, 'modes'> {
  modes: Partial<Record<DataFileName, FileMode>>;
}

const MODES: readonly string[] = ['absent', 'bulk', 'delta'] satisfies FileMode[];
const VERSIONS = new Map([
  ['manifest.version', { expected: '1.0', code: 'manifest.invalid_manifest_version' }],
  ['oneroster.version', { expected: '1.2', code: 'manifest.invalid_oneroster_version' }],
]);
const SOURCE_PROPERTIES = ['source.systemName', 'source.systemCode'];
const FILE_PROPERTIES = new Map(DATA_FILES.map((file) => [`file.${file}`, file]));
const REQUIRED_PROPERTIES = [...VERSIONS.keys(), ...FILE_PROPERTIES.keys()];

/**
 * Reads manifest.csv. Null when its contents cannot be relied upon: a broken table, or another version of
 * OneRoster, whose files and columns would all look wrong by the rules of 1.2.
 */
export async function readManifest(
  chunks: AsyncIterable<Buffer>,
  maxRecordBytes: number,
  log: IssueLog,
): Promise<ManifestDraft | null> {
  const report = (row: number | null, field: string | null, code: string, message: string) =>
    log.add({ file: MANIFEST_FILE, row, field, code, message });
  const properties = new Map<string, { value: string; row: number }>();
  let headerSeen = false;
  let isReadable = true;

  reading: for await (const part of readCsv(chunks, maxRecordBytes)) {
    if (part.kind === 'fault') {
      log.add(csvIssue(MANIFEST_FILE, part));
      isReadable = false;
      if (part.fatal || !headerSeen) return null;
      continue;
    }
    for (const [index, record] of part.records.entries()) {
      const row = part.firstRow + index;
      if (row === 1) {
        headerSeen = true;
        if (record.length !== 2 || record[0] !== 'propertyName' || record[1] !== 'value') {
          const given = quoteValue(record.join(','));
          report(
            1,
            null,
            'manifest.invalid_header',
            `Первая строка manifest.csv — ${given}, а должна быть «propertyName,value».`,
          );
          isReadable = false;
          break reading;
        }
        continue;
      }
      const [name, value] = record;
      if (record.length !== 2 || name === undefined || value === undefined) {
        report(
          row,
          null,
          'manifest.row_width_mismatch',
          `В строке ${row} должно быть два значения, а их ${countOf(record)}. Удалите пустые строки и лишние запятые.`,
        );
      } else if (properties.has(name)) {
        report(
          row,
          name,
          'manifest.duplicate_property',
          `Свойство «${name}» уже указано в строке ${properties.get(name)!.row}. Оставьте одно.`,
        );
      } else {
        properties.set(name, { value, row });
      }
    }
  }
  if (!headerSeen) {
    report(
      1,
      null,
      'manifest.missing_header',
      'Файл manifest.csv пуст. Первая строка должна быть «propertyName,value».',
    );
    return null;
  }
  if (!isReadable) return null;

  for (const [name, { expected, code }] of VERSIONS) {
    const given = properties.get(name);
    if (given && given.value !== expected) {
      report(
        given.row,
        name,
        code,
        `Свойство «${name}» равно ${quoteValue(given.value)}, а принимается только «${expected}».`,
      );
      if (name === 'oneroster.version') return null;
    }
  }
  for (const name of REQUIRED_PROPERTIES) {
    if (properties.has(name)) continue;
    const advice = FILE_PROPERTIES.has(name) ? ' Если файла нет в пакете, укажите absent.' : '';
    report(null, name, 'manifest.missing_property', `В manifest.csv нет свойства «${name}».${advice}`);
  }
  const modes: ManifestDraft['modes'] = {};
  for (const [name, { value, row }] of properties) {
    const file = FILE_PROPERTIES.get(name);
    if (file && MODES.includes(value)) modes[file] = value as FileMode;
    else if (file) {
      report(
        row,
        name,
        'manifest.invalid_file_mode',
        `Для файла ${fileNameOf(file)} указано ${quoteValue(value)}. Допустимо: absent, bulk, delta.`,
      );
    } else if (!VERSIONS.has(name) && !SOURCE_PROPERTIES.includes(name)) {
      report(
        row,
        name,
        'manifest.unknown_property',
        `Неизвестное свойство ${quoteValue(name)}. Удалите строку.`,
      );
    }
  }
  return {
    oneRosterVersion: properties.get('oneroster.version')?.value ?? '',
    sourceSystemName: properties.get('source.systemName')?.value || null,
    sourceSystemCode: properties.get('source.systemCode')?.value || null,
    modes,
  };
}

const countOf = (record: string[]) => (record.length === 1 && record[0] === '' ? 0 : record.length);
