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
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Constructor, JsonSchema } from './schema.js';

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

/** PostgreSQL keeps neither a NUL nor half of a surrogate pair. */
const STORABLE = /^[^\u0000\ud800-\udfff]*$/u;

/** A string of `min`..`max` characters (min is 1 unless said). */
export function Text(
  options: FieldOptions & { min?: number; max: number; pattern?: RegExp; format?: string },
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
  );
}

/** A UUID. */
export function Id(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'uuid' }, options, [IsUUID()]);
}

const CALENDAR_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A calendar date `YYYY-MM-DD` without a time zone. */
export function CalendarDate(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'date' }, options, [IsString(), Matches(CALENDAR_DATE)]);
}

/** An instant, ISO 8601 with offset. */
export function Instant(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'string', format: 'date-time' }, options, [
    IsString(),
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/),
  ]);
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
  if (options.format === 'date') rules.push(Matches(CALENDAR_DATE, each));
  if (options.maxLength) rules.push(Matches(STORABLE, each), Length(0, options.maxLength, each));
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
  );
}

/** A map from a string to numbers or strings, for counts and the like; views only. */
export function Counts(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'object', additionalProperties: { type: 'integer' } }, options, [IsObject()]);
}
