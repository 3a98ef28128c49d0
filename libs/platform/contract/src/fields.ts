import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CALENDAR_DATE, INSTANT, isInstant, isRealDate, isWithinCenturies } from './dates.js';
import type { Constructor, JsonSchema } from './schema.js';
import { normalText, STORABLE } from './text.js';

/**
 * Field decorators of message classes. Each puts the class-validator rules on the property and keeps the same rules
 * as JSON Schema, so that validation, OpenAPI and the web client's types come from one line.
 */
export interface FieldOptions {
  /** the property may be left out */
  optional?: boolean;
  /** the property may be null */
  nullable?: boolean;
  /** for the API reference: meaning, unit, requirement */
  description?: string;
  example?: unknown;
}

export interface FieldRecord {
  name: string;
  schema: JsonSchema | (() => JsonSchema);
  nested?: () => Constructor;
  list?: boolean;
  options: FieldOptions;
  /** what becomes of a value that comes from outside, before the rules are applied; never applied to facts */
  admit?: (value: unknown) => unknown;
  /** why a value from outside is refused although it follows the rules; null when it is fine. Never asked of facts */
  refuse?: (value: unknown) => { code: string; message: string } | null;
}

const FIELDS = Symbol.for('parta:fields');

/** The fields of a message class, inherited ones first. */
export function fieldsOf(type: Constructor): FieldRecord[] {
  return (Reflect.getMetadata(FIELDS, type.prototype as object) as FieldRecord[] | undefined) ?? [];
}

function field(
  schema: FieldRecord['schema'],
  options: FieldOptions,
  rules: PropertyDecorator[],
  extra: Partial<FieldRecord> = {},
): PropertyDecorator {
  return (target, key) => {
    const name = String(key);
    const inherited = (Reflect.getMetadata(FIELDS, target) as FieldRecord[] | undefined) ?? [];
    Reflect.defineMetadata(
      FIELDS,
      [...inherited.filter((f) => f.name !== name), { name, schema, options, ...extra }],
      target,
    );
    for (const rule of rules) rule(target, key);
    if (options.optional || options.nullable) {
      ValidateIf((_object, value) => {
        if (value === undefined) return !options.optional;
        if (value === null) return !options.nullable;
        return true;
      })(target, key);
    }
  };
}

/**
 * A string of `min`..`max` characters (min is 1 unless said). In a command or query it is brought into the form that is
 * kept (`normalText`); a text in which nothing can be seen is null where it may be,
 * and left out where it may be left out.
 * @param options.isVerbatim the text is taken as it is: passwords, codes and tokens, in which each sign counts
 */
export function Text(
  options: FieldOptions & {
    min?: number;
    max: number;
    pattern?: RegExp;
    format?: string;
    isVerbatim?: boolean;
  },
): PropertyDecorator {
  const min = options.min ?? 1;
  const rules = [IsString(), Matches(STORABLE), Length(min, options.max)];
  if (options.pattern) rules.push(Matches(options.pattern));
  return field(
    {
      type: 'string',
      ...(min > 0 && { minLength: min }),
      maxLength: options.max,
      ...(options.pattern && { pattern: options.pattern.source }),
      ...(options.format && { format: options.format }),
    },
    options,
    rules,
    options.isVerbatim ? {} : { admit: admitText(min > 0 ? blankOf(options) : '') },
  );
}

/** What a text is in which nothing can be seen. */
const blankOf = ({ nullable, optional }: FieldOptions): null | undefined | '' =>
  nullable ? null : optional ? undefined : '';

const admitText =
  (blank: null | undefined | '') =>
  (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const text = normalText(value);
    return text === '' ? blank : text;
  };

/** A UUID. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'uuid' }, options, [IsUUID()]);
}

/** PostgreSQL and the calendar of a school know no 30 February. */
const IsRealDate = (each = false): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isRealDate',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isRealDate(value),
        defaultMessage: () => '$property must be a date that exists',
      },
    },
    { each },
  );

const refuseFarDate = (value: unknown) =>
  typeof value !== 'string' || isWithinCenturies(value)
    ? null
    : { code: 'out-of-range', message: 'the date is not between the years 1900 and 2199' };

/** A calendar date `YYYY-MM-DD` that exists, without a time zone; from outside only of the years 1900 to 2199. */
export function CalendarDate(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { type: 'string', format: 'date' },
    options,
    [IsString(), Matches(CALENDAR_DATE), IsRealDate()],
    { refuse: refuseFarDate },
  );
}

/** An instant that exists, ISO 8601 with offset; from outside only of the years 1900 to 2199. */
export function Instant(options: FieldOptions = {}): PropertyDecorator {
  return field(
    { type: 'string', format: 'date-time' },
    options,
    [
      IsString(),
      Matches(INSTANT),
      ValidateBy({
        name: 'isRealInstant',
        validator: {
          validate: (value: unknown) => typeof value === 'string' && isInstant(value),
          defaultMessage: () => '$property must be an instant that exists',
        },
      }),
    ],
    { refuse: refuseFarDate },
  );
}

/** A whole number within bounds. */
export function Whole(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field({ type: 'integer', minimum: options.min, maximum: options.max }, options, [
    IsInt(),
    Min(options.min),
    Max(options.max),
  ]);
}

/** A decimal number within bounds. */
export function Decimal(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field({ type: 'number', minimum: options.min, maximum: options.max }, options, [
    IsNumber(),
    Min(options.min),
    Max(options.max),
  ]);
}

/** A claim: true or false. */
export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'boolean' }, options, [IsBoolean()]);
}

/** One of a closed list of strings. */
export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', enum: [...values] }, options, [IsString(), IsIn([...values])]);
}

/** An e-mail address of at most 254 characters. */
export function Email(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'email', maxLength: 254 }, options, [IsEmail(), Length(3, 254)]);
}

/** Another message class. */
export function Nested(type: () => Constructor, options: FieldOptions = {}): PropertyDecorator {
  return field({}, options, [IsObject(), ValidateNested(), Type(type)], { nested: type });
}

/** A list of message classes; `max` bounds it, always. */
export function ListOf(
  type: () => Constructor,
  options: FieldOptions & { min?: number; max: number },
): PropertyDecorator {
  return field(
    { type: 'array', ...(options.min && { minItems: options.min }), maxItems: options.max },
    options,
    [
      IsArray(),
      ArrayMinSize(options.min ?? 0),
      ArrayMaxSize(options.max),
      // Nested validation alone goes into lists within the list.
      IsObject({ each: true }),
      ValidateNested({ each: true }),
      Type(type),
    ],
    { nested: type, list: true },
  );
}

const admitTexts = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((one: unknown) => (typeof one === 'string' ? normalText(one) : one))
    : value;

const refuseFarDates = (value: unknown) =>
  Array.isArray(value) ? (value.map(refuseFarDate).find(Boolean) ?? null) : null;

const LONGEST_ITEM = 10_000;

/** A list of plain strings: ids (`format: 'uuid'`), dates or one of `values`. */
export function ListOfText(
  options: FieldOptions & {
    min?: number;
    max: number;
    maxLength?: number;
    values?: readonly string[];
    format?: 'uuid' | 'date';
    unique?: boolean;
  },
): PropertyDecorator {
  const each = { each: true };
  const rules: PropertyDecorator[] = [
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    IsString(each),
  ];
  if (options.values) rules.push(IsIn([...options.values], each));
  if (options.format === 'uuid') rules.push(IsUUID(undefined, each));
  if (options.format === 'date') rules.push(Matches(CALENDAR_DATE, each), IsRealDate(true));
  if (!options.format && !options.values)
    rules.push(Matches(STORABLE, each), Length(0, options.maxLength ?? LONGEST_ITEM, each));
  if (options.unique) rules.push(ArrayUnique());
  return field(
    {
      type: 'array',
      maxItems: options.max,
      items: {
        type: 'string',
        ...(options.values && { enum: [...options.values] }),
        ...(options.format && { format: options.format }),
        ...(options.maxLength && { maxLength: options.maxLength }),
      },
    },
    options,
    rules,
    {
      ...(!options.format && !options.values && { admit: admitTexts }),
      ...(options.format === 'date' && { refuse: refuseFarDates }),
    },
  );
}

/** A map from a string to numbers or strings, for counts and the like; views only. */
export function Counts(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'object', additionalProperties: { type: 'integer' } }, options, [IsObject()]);
}
