import { isBlank, isRealDate } from '@parta/platform-contract';
import type { FieldRule } from './file-schemas.js';
import { quoteValue } from './issues.js';

/** What is wrong with one value; the caller adds file, row and column. */
export interface ValueProblem {
  code: string;
  message: string;
}

const GUID = /^[0-9A-Za-z./@_-]{1,255}$/;
const TIME_OF_DAY = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const YEAR = /^\d{4}$/;
const INTEGER = /^[+-]?\d+$/;
const FLOAT = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const EXTENSION_TOKEN = /^ext:[^\s,]+$/;
const USER_IDS = /^\{[^{}:,]+:[^{},]+\}(,\{[^{}:,]+:[^{},]+\})*$/;

/** Checks a value that is not blank against the type of its column. Null when it is fine. */
export function checkValue(rule: FieldRule, value: string): ValueProblem | null {
  switch (rule.type) {
    case 'text':
      return null;
    case 'guid':
      return GUID.test(value) ? null : invalidGuid(value);
    case 'guidList':
      return checkItems(value, (item) => (GUID.test(item) ? null : invalidGuid(item)));
    case 'list':
      return checkItems(value, () => null);
    case 'enum':
      return isWord(rule, value) ? null : invalidWord(rule, value);
    case 'enumList':
      return checkItems(value, (item) => (isWord(rule, item) ? null : invalidWord(rule, item)));
    case 'userIds':
      return USER_IDS.test(value)
        ? null
        : problem(
            'row.invalid_list',
            value,
            'не список вида {тип:номер}. Пример: "{SNILS:12345678901},{ESIA:1000404446}"',
          );
    case 'date':
      return isRealDate(value)
        ? null
        : problem(
            'row.invalid_date',
            value,
            'не дата. Укажите существующую дату в виде ГГГГ-ММ-ДД, например 2026-09-01',
          );
    case 'dateTime':
      return isInstant(value)
        ? null
        : problem(
            'row.invalid_datetime',
            value,
            'не момент времени. Нужен вид ГГГГ-ММ-ДДTчч:мм:сс.мссZ, например 2026-09-01T08:30:00.000Z',
          );
    case 'year':
      return YEAR.test(value)
        ? null
        : problem(
            'row.invalid_year',
            value,
            'не год. Укажите четыре цифры года, в котором учебный год заканчивается',
          );
    case 'boolean':
      return value === 'true' || value === 'false'
        ? null
        : problem('row.invalid_boolean', value, 'не логическое значение. Допустимо только true или false');
    case 'integer':
      return INTEGER.test(value) ? null : problem('row.invalid_integer', value, 'не целое число');
    case 'float':
      return FLOAT.test(value)
        ? null
        : problem('row.invalid_float', value, 'не число. Дробная часть отделяется точкой, например 4.5');
  }
}

/** The items of a list cell; a blank cell has none. */
export function listItems(value: string): string[] {
  return value === '' ? [] : value.split(',');
}

function checkItems(value: string, checkItem: (item: string) => ValueProblem | null): ValueProblem | null {
  for (const item of listItems(value)) {
    if (isBlank(item)) {
      return problem('row.invalid_list', value, 'список с пустым элементом. Уберите лишнюю запятую');
    }
    const found = checkItem(item);
    if (found) return found;
  }
  return null;
}

function isWord(rule: FieldRule, value: string): boolean {
  return rule.words!.includes(value) || (rule.extensible === true && EXTENSION_TOKEN.test(value));
}

function isInstant(value: string): boolean {
  return isRealDate(value.slice(0, 10)) && TIME_OF_DAY.test(value.slice(10));
}

function invalidGuid(value: string): ValueProblem {
  return problem(
    'row.invalid_guid',
    value,
    'не идентификатор. Допустимы от 1 до 255 знаков: латинские буквы, цифры и . / @ _ - без пробелов',
  );
}

function invalidWord(rule: FieldRule, value: string): ValueProblem {
  const extension = rule.extensible ? ' или своё значение с приставкой ext:' : '';
  return problem(
    'row.invalid_enum',
    value,
    `нет в перечне. Допустимо: ${rule.words!.join(', ')}${extension}`,
  );
}

function problem(code: string, value: string, explanation: string): ValueProblem {
  return { code, message: `Значение ${quoteValue(value)} — ${explanation}.` };
}
