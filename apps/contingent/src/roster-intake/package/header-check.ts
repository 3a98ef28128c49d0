import { FILE_FIELDS, fileNameOf, type DataFileName, type FieldRule } from './file-schemas.js';
import { quoteValue, type IssueLog } from './issues.js';

/** A column of the specification and where it stands in this file. */
export interface Column {
  rule: FieldRule;
  index: number;
}

const METADATA_PREFIX = 'metadata.';
const METADATA_NAME = /^metadata\.[\p{L}\p{N}_.-]+$/u;

/**
 * Checks the header of a data file. Answers the columns to check rows by, or null when the header is so
 * broken that every row would only repeat the same complaint. A mere wrong order is reported once and the rows
 * are still checked by name, so that the sender learns of everything in one go.
 */
export function checkHeader(file: DataFileName, header: readonly string[], log: IssueLog): Column[] | null {
  const rules = FILE_FIELDS[file];
  const specNames = new Set(rules.map((rule) => rule.name));
  const report = (code: string, field: string | null, message: string) =>
    log.add({ file: fileNameOf(file), row: 1, field, code, message });
  let usable = true;

  const seen = new Set<string>();
  const misspelt = new Set<string>();
  header.forEach((name, index) => {
    if (name.trim() === '') {
      report(
        'table.empty_header_name',
        null,
        `Столбец ${index + 1} без имени. Удалите лишний столбец или назовите его.`,
      );
      usable = false;
    } else if (seen.has(name)) {
      report(
        'table.duplicate_header',
        name,
        `Столбец ${quoteValue(name)} встречается дважды. Оставьте один.`,
      );
      usable = false;
    }
    seen.add(name);
  });

  for (const { name } of rules) {
    if (seen.has(name)) continue;
    const lookalike = header.find((given) => given.trim().toLowerCase() === name.toLowerCase());
    if (lookalike !== undefined) misspelt.add(lookalike);
    report(
      'schema.missing_header',
      name,
      lookalike === undefined
        ? `Нет столбца «${name}». Столбец обязателен, даже если его значения пусты.`
        : `Имя столбца ${quoteValue(lookalike)} надо писать точно так: «${name}» (регистр букв важен).`,
    );
    usable = false;
  }

  const lastSpecIndex = header.findLastIndex((name) => specNames.has(name));
  header.forEach((name, index) => {
    if (name.trim() === '' || specNames.has(name) || misspelt.has(name)) return;
    if (!METADATA_NAME.test(name)) {
      const advice = name.startsWith(METADATA_PREFIX)
        ? 'После «metadata.» нужно имя из букв, цифр и знаков . _ -'
        : 'Такого столбца нет в OneRoster 1.2; дополнительный столбец назовите «metadata.имя» и поставьте в конец';
      report('schema.invalid_metadata_header', name, `Неизвестный столбец ${quoteValue(name)}. ${advice}.`);
    } else if (index < lastSpecIndex) {
      report(
        'schema.metadata_column_position',
        name,
        `Дополнительный столбец ${quoteValue(name)} стоит среди основных. Перенесите его в конец.`,
      );
    }
  });

  const expectedOrder = rules.map((rule) => rule.name).filter((name) => seen.has(name));
  const givenOrder = header.filter((name) => specNames.has(name));
  const firstMoved = expectedOrder.findIndex((name, index) => givenOrder[index] !== name);
  if (firstMoved >= 0 && givenOrder.length === expectedOrder.length) {
    report(
      'schema.header_order_mismatch',
      expectedOrder[firstMoved]!,
      `Столбцы идут не в том порядке: там, где нужен «${expectedOrder[firstMoved]}», стоит «${givenOrder[firstMoved]}». Порядок задан спецификацией: ${expectedOrder.join(', ')}.`,
    );
  }
  return usable ? rules.map((rule) => ({ rule, index: header.indexOf(rule.name) })) : null;
}
