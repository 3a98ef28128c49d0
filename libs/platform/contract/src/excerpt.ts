import type { FieldError } from '@parta/platform-errors';
import { fieldsOf } from './fields.js';
import { readValid } from './read-valid.js';
import type { Constructor, JsonSchema } from './schema.js';

/** More wrong items of one list are not explained: class-validator needs a tenth of a millisecond for each rule broken. */
const MOST_EXPLAINED = 20;

/** A message with the wrong items of its lists only, the first of them, and where they stood. */
export interface Excerpt {
  message: object;
  /** What is wrong with the length of a list as a whole; its items are not looked at then. */
  lengths: FieldError[];
  /** The place of each item in the list it was taken from, by the list's path. */
  places: ReadonlyMap<string, readonly number[]>;
}

/**
 * What of a wrong message is given to class-validator, to say why it is wrong. A list of 25,000 wrong items takes it
 * seconds, in which nothing else happens in the process.
 */
export function excerptOf(type: Constructor, plain: object, strict: boolean): Excerpt {
  const lengths: FieldError[] = [];
  const places = new Map<string, number[]>();
  return { message: cut(type, plain, strict, '', lengths, places), lengths, places };
}

function cut(
  type: Constructor,
  plain: object,
  strict: boolean,
  prefix: string,
  lengths: FieldError[],
  places: Map<string, number[]>,
): object {
  let message = plain as Record<string, unknown>;
  for (const field of fieldsOf(type)) {
    const value = message[field.name];
    const path = prefix ? `${prefix}.${field.name}` : field.name;
    if (!field.nested || value === null || typeof value !== 'object') continue;
    const nested = field.nested();
    const inside = (one: object, at: string) => cut(nested, one, strict, at, lengths, places);
    if (!field.list) {
      if (!Array.isArray(value)) message = { ...message, [field.name]: inside(value, path) };
      continue;
    }
    if (!Array.isArray(value)) continue;
    const tooMany = lengthError(path, value.length, (field.schema as JsonSchema).maxItems as number);
    if (tooMany) lengths.push(tooMany);
    const wrong: number[] = [];
    for (let at = 0; !tooMany && at < value.length && wrong.length < MOST_EXPLAINED; at += 1)
      if (!isValid(nested, value[at], strict)) wrong.push(at);
    // A list that is too short has nothing to leave out.
    if (!tooMany && wrong.length === 0) continue;
    places.set(path, wrong);
    const items = wrong.map((at, index) => {
      const item = value[at] as unknown;
      return isPlainObject(item) ? inside(item, `${path}[${index}]`) : item;
    });
    message = { ...message, [field.name]: items };
  }
  return message;
}

const lengthError = (field: string, length: number, max: number): FieldError | null =>
  length > max
    ? { field, code: 'too-many', message: `${field} must contain no more than ${max} elements` }
    : null;

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isValid = (type: Constructor, item: unknown, strict: boolean): boolean =>
  isPlainObject(item) && readValid(type, item, strict) !== null;
