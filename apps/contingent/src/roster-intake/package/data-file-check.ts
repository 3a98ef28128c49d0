import { isBlank } from '@parta/platform-contract';
import { csvIssue } from './csv-messages.js';
import { readCsv } from './csv-reader.js';
import { FILE_FIELDS, fileNameOf, type DataFileName } from './file-schemas.js';
import { checkHeader, type Column } from './header-check.js';
import type { IssueLog } from './issues.js';
import type { FileMode } from './manifest.js';
import type { ReferenceChecker } from './references.js';
import { checkValue, listItems } from './value-checks.js';

/** What the checks of the data files share. */
export interface DataFileContext {
  log: IssueLog;
  references: ReferenceChecker;
  maxRecordBytes: number;
  /** Told how many rows of a file were read since the last call. */
  onRows: (count: number) => void;
}

const TARGETS = new Set(
  Object.values(FILE_FIELDS).flatMap((rules) => rules.flatMap(({ target }) => target ?? [])),
);
const PAIRED_LISTS = ['subjects', 'subjectCodes'] as const;

/** Checks one data file from its bytes. Answers the number of data rows. */
export async function checkDataFile(
  file: DataFileName,
  mode: FileMode,
  chunks: AsyncIterable<Buffer>,
  context: DataFileContext,
): Promise<number> {
  const fileName = fileNameOf(file);
  const { log, references } = context;
  let check: RowCheck | null = null;
  let rowCount = 0;
  let isComplete = true;

  for await (const part of readCsv(chunks, context.maxRecordBytes)) {
    if (part.kind === 'fault') {
      log.add(csvIssue(fileName, part));
      isComplete = false;
      if (part.fatal || !check) break;
      continue;
    }
    let { firstRow, records } = part;
    if (!check) {
      const columns = checkHeader(file, records[0]!, log);
      if (!columns) {
        isComplete = false;
        break;
      }
      check = new RowCheck(file, mode, columns, records[0]!.length, log, references);
      records = records.slice(1);
      firstRow += 1;
    }
    for (let index = 0; index < records.length; index += 1) {
      check.check(firstRow + index, records[index]!);
    }
    rowCount += records.length;
    context.onRows(records.length);
    await references.settleIfMany();
  }

  if (!check && isComplete) {
    isComplete = false;
    const message = `Файл ${fileName} пуст: нет строки заголовков. Выгрузите его заново или укажите absent в manifest.csv.`;
    log.add({ file: fileName, row: 1, field: null, code: 'table.missing_header', message });
  } else if (isComplete && rowCount === 0) {
    const message = `В файле ${fileName} есть заголовок, но нет ни одной записи. Если передавать нечего, уберите файл и укажите absent в manifest.csv.`;
    log.add({ file: fileName, row: null, field: null, code: 'table.missing_data_rows', message });
  }
  await references.endFile(file, isComplete, TARGETS.has(file));
  return rowCount;
}

/** Checks the rows of one file against its columns. */
class RowCheck {
  private readonly pairedColumns: readonly [Column, Column] | null;
  private readonly sourcedId: Column;
  private readonly typeIndex: number;

  constructor(
    private readonly file: DataFileName,
    private readonly mode: FileMode,
    private readonly columns: readonly Column[],
    private readonly width: number,
    private readonly log: IssueLog,
    private readonly references: ReferenceChecker,
  ) {
    const [subjects, codes] = PAIRED_LISTS.map((name) => columns.find(({ rule }) => rule.name === name));
    this.pairedColumns = subjects && codes ? [subjects, codes] : null;
    this.sourcedId = columns.find(({ rule }) => rule.name === 'sourcedId')!;
    this.typeIndex = columns.find(({ rule }) => rule.name === 'type')?.index ?? -1;
  }

  check(row: number, record: readonly string[]): void {
    if (record.length !== this.width) {
      this.report(row, null, 'table.row_width_mismatch', this.widthMessage(record));
      this.registerAnyway(row, record);
      return;
    }
    for (const { rule, index } of this.columns) {
      const value = record[index]!;
      if (rule.name === 'status' || rule.name === 'dateLastModified') {
        if (!this.checkLifecycle(row, rule.name, value)) continue;
      } else if (isBlank(value)) {
        if (rule.required) {
          this.report(
            row,
            rule.name,
            'row.missing_required_value',
            `Не заполнен обязательный столбец «${rule.name}».`,
          );
        }
        continue;
      }
      const problem = checkValue(rule, value);
      if (problem) {
        this.report(row, rule.name, problem.code, problem.message);
        continue;
      }
      if (rule.name === 'sourcedId') this.references.register(this.file, value, row);
      if (rule.target) {
        const ids = rule.type === 'guidList' ? listItems(value) : [value];
        for (const id of ids) this.references.require(this.file, row, rule.name, rule.target, id);
      }
    }
    if (this.pairedColumns) this.checkPairedLists(row, record, this.pairedColumns);
    if (this.file === 'academicSessions' && record[this.typeIndex] === 'schoolYear') {
      this.references.rememberSchoolYear(record[this.sourcedId.index]!);
    }
  }

  /** A row of the wrong width is one issue; every reference to its record must not become another. */
  private registerAnyway(row: number, record: readonly string[]): void {
    const id = record[this.sourcedId.index];
    if (id && !checkValue(this.sourcedId.rule, id)) this.references.register(this.file, id, row);
  }

  /** True when there is a value whose form is worth checking. */
  private checkLifecycle(row: number, field: string, value: string): boolean {
    if (this.mode === 'delta') {
      if (!isBlank(value)) return true;
      this.report(
        row,
        field,
        'row.field_required_in_delta',
        `Файл передан как delta, поэтому столбец «${field}» обязателен.`,
      );
    } else if (value !== '') {
      this.report(
        row,
        field,
        'row.field_forbidden_in_bulk',
        `Файл передан как bulk, поэтому столбец «${field}» должен быть пустым.`,
      );
    }
    return false;
  }

  private checkPairedLists(
    row: number,
    record: readonly string[],
    [first, second]: readonly [Column, Column],
  ): void {
    const subjects = listItems(record[first.index]!).length;
    const codes = listItems(record[second.index]!).length;
    if (subjects === codes) return;
    const message = `Предметов ${subjects}, а кодов предметов ${codes}. В «subjects» и «subjectCodes» должно быть поровну значений.`;
    this.report(row, second.rule.name, 'row.invalid_list', message);
  }

  private widthMessage(record: readonly string[]): string {
    if (record.length === 1 && record[0] === '') return 'Пустая строка. Удалите её.';
    return `Значений в строке ${record.length}, а столбцов ${this.width}. Значение с запятой возьмите в кавычки, пустые значения не пропускайте.`;
  }

  private report(row: number, field: string | null, code: string, message: string): void {
    this.log.add({ file: fileNameOf(this.file), row, field, code, message });
  }
}
