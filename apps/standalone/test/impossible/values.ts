import { fieldsOf, type Constructor, type FieldRecord, type JsonSchema } from '@parta/platform-contract';

/** A value that a field cannot have. */
export interface Impossible {
  /** what is wrong with it, for the report */
  kind: string;
  value: unknown;
}

/** A field of an input, with the way to it; lists are entered at their first item. */
export interface Place {
  path: readonly (string | number)[];
  field: FieldRecord;
}

export const nameOf = ({ path }: Place): string =>
  path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    '',
  );

/** Every field that an input has, those of its parts included, as far as this input fills them. */
export function placesIn(type: Constructor, input: unknown, at: readonly (string | number)[] = []): Place[] {
  return fieldsOf(type).flatMap((field) => {
    const path = [...at, field.name];
    const own: Place[] = [{ path, field }];
    const value = (input as Record<string, unknown> | undefined)?.[field.name];
    if (!field.nested || value === undefined || value === null) return own;
    if (!field.list) return [...own, ...placesIn(field.nested(), value, path)];
    const [first] = value as unknown[];
    return first === undefined ? own : [...own, ...placesIn(field.nested(), first, [...path, 0])];
  });
}

/** The input with another value at one place. */
export function withValue(
  input: unknown,
  [step, ...rest]: readonly (string | number)[],
  value: unknown,
): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = [...(input as unknown[])];
    items[step] = withValue(items[step], rest, value);
    return items;
  }
  const record = input as Record<string, unknown> | undefined;
  return { ...record, [step]: withValue(record?.[step], rest, value) };
}

const deep = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
};

const BLANK = [
  ['a blank', '   '],
  ['a space that does not break', '\u00a0'],
  ['a zero-width space', '\u200b'],
  ['a soft hyphen', '\u00ad'],
] as const;

const UNSTORABLE = [
  ['a NUL', 'а\u0000б'],
  ['half of a surrogate pair', 'а\ud83dб'],
] as const;

const NO_DATES = [
  '2026-02-30',
  '2026-11-31',
  '2026-13-01',
  '0000-00-00',
  '9999-12-31',
  '0001-01-01',
  '26-1-1',
  'вчера',
  '2026-09-01T00:00:00Z',
];
const NO_INSTANTS = [
  '2026-02-30T10:00:00Z',
  '2026-09-01T25:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-09-01',
  'сейчас',
];
const NO_NUMBERS = [1e308, -1e308, 2 ** 53, -(2 ** 63)];

/**
 * What cannot stand in a field, by its schema.
 * @param isText the field comes in a path or a query, where everything is text
 */
export function impossibleFor({ field }: Place, isText: boolean): Impossible[] {
  const schema = typeof field.schema === 'function' ? field.schema() : field.schema;
  const { options } = field;
  const isList = schema.type === 'array';
  const found: Impossible[] = [];
  const add = (kind: string, value: unknown): void => void found.push({ kind, value });
  if (!isText) {
    if (!options.nullable) add('null', null);
    if (!isList) add('a list', [1]);
    else if (!field.nested) add('a list of lists', [[['x']]]);
    if (schema.type === 'string' || schema.type === 'boolean' || field.nested) add('a number', 7);
    if (schema.type !== 'string') add('a text', 'x');
    if (!field.nested || field.list) add('an object', { a: 1 });
    if (!field.nested) add('a deep structure', deep(60));
    if (schema.type !== 'boolean') add('a claim', true);
    if (field.nested && !field.list) add('an unknown part', { thereIsNoSuchField: 1, constructor: 1 });
  }
  if (isList && !isText) {
    const { maxItems } = schema as { maxItems: number };
    if (maxItems <= 2000)
      add(
        'too many',
        Array.from({ length: maxItems + 1 }, () => (field.nested ? {} : 'x')),
      );
    add('an empty item', [null]);
    if (!field.nested) for (const [kind, value] of itemsNotPossible(schema)) add(kind, [value]);
  } else if (isList) {
    for (const [kind, value] of itemsNotPossible(schema)) add(kind, value);
  } else if (schema.enum) {
    for (const word of ['no such word', 'constructor', '__proto__', '\u0000'])
      add('a word not in the list', word);
  } else if (schema.format === 'uuid') {
    for (const id of ['x', '00000000-0000-0000-0000-00000000000g', "' or 1=1", '\u0000', 'é'.repeat(36)])
      add('no id', id);
  } else if (schema.format === 'date') {
    for (const date of NO_DATES) add('no date', date);
  } else if (schema.format === 'date-time') {
    for (const instant of NO_INSTANTS) add('no instant', instant);
  } else if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum, maximum } = schema as { minimum: number; maximum: number };
    for (const number of [minimum - 1, maximum + 1, ...NO_NUMBERS]) add('out of bounds', number);
    if (schema.type === 'integer') add('a fraction', minimum + 0.5);
    if (isText) for (const text of ['NaN', 'Infinity', 'двадцать', '0x']) add('no number', text);
  } else if (schema.type === 'boolean') {
    if (isText) add('no claim', 'perhaps');
  } else if (schema.type === 'string') {
    const { maxLength, minLength = 0 } = schema as { maxLength: number; minLength?: number };
    add('too long', 'я'.repeat(maxLength + 1));
    add('too long by one emoji', '🙂'.repeat(maxLength + 1));
    add('huge', 'я'.repeat(100_000));
    for (const [kind, value] of isText ? UNSTORABLE.slice(0, 1) : UNSTORABLE) add(kind, value);
    // A secret is taken sign by sign, whatever is seen of it.
    if (minLength > 0 && !options.nullable && !options.optional && field.admit)
      for (const [kind, value] of BLANK) add(kind, value);
  }
  return found;
}

function itemsNotPossible(schema: JsonSchema): [string, unknown][] {
  const items = schema.items as JsonSchema;
  if (items.enum) return [['a word not in the list', 'constructor']];
  if (items.format === 'uuid')
    return [
      ['no id', 'x'],
      ['no id', '\u0000'],
    ];
  if (items.format === 'date') return NO_DATES.map((date) => ['no date', date]);
  return UNSTORABLE.map(([kind, value]) => [kind, value]);
}

/** Strange values that a field may have after all: whatever becomes of them, it is no failure. */
export function strangeFor({ field }: Place): Impossible[] {
  const schema = typeof field.schema === 'function' ? field.schema() : field.schema;
  if (schema.format === 'date')
    return ['1900-01-01', '2199-12-31', '2028-02-29'].map((value) => ({ kind: 'a far date', value }));
  if (schema.type === 'integer' || schema.type === 'number')
    return [schema.minimum, schema.maximum].map((value) => ({ kind: 'a bound', value }));
  if (schema.type === 'string' && !schema.enum && !schema.pattern && !schema.format) {
    const maxLength = Number(schema.maxLength);
    return [
      { kind: 'emoji', value: '🙂'.repeat(Math.min(maxLength, 5000)) },
      { kind: 'signs of a query', value: `%_\\'";--$1${'{'}x${'}'}`.slice(0, maxLength) },
      { kind: 'signs that nobody sees', value: '\u202eа\u200bб\u0301\u00ad'.slice(0, maxLength) },
    ];
  }
  return [];
}
