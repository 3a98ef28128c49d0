import type { FieldError } from '@parta/platform-errors';
import { fieldsOf, type FieldRecord } from './fields.js';
import type { Constructor } from './schema.js';

/** Lists longer than any bound are not looked through; the rules refuse them. */
const LONGEST_LIST = 100_000;

const withOwnWay = new WeakMap<Constructor, readonly FieldRecord[]>();

/** The fields whose values are changed or refused at the door, or that hold such fields. */
function affectedFieldsOf(type: Constructor): readonly FieldRecord[] {
  let fields = withOwnWay.get(type);
  if (!fields) {
    fields = fieldsOf(type).filter((field) => field.admit || field.refuse || field.nested);
    withOwnWay.set(type, fields);
  }
  return fields;
}

/**
 * What comes from outside in the form that is kept: texts composed and trimmed, blank ones null where they may be.
 * @param refusals gets one entry for each value that is refused although it follows the rules of its field
 * @returns the same object when nothing had to be changed
 */
export function admit(
  type: Constructor,
  plain: Record<string, unknown>,
  prefix: string,
  refusals: FieldError[],
): Record<string, unknown> {
  let admitted = plain;
  const change = (name: string, value: unknown): void => {
    if (admitted === plain) admitted = { ...plain };
    admitted[name] = value;
  };
  for (const field of affectedFieldsOf(type)) {
    const given = plain[field.name];
    if (given === undefined || given === null) continue;
    const path = prefix ? `${prefix}.${field.name}` : field.name;
    const value = field.nested
      ? admitNested(field.nested(), given, field.list ?? false, path, refusals)
      : field.admit
        ? field.admit(given)
        : given;
    if (value !== given) change(field.name, value);
    const refusal = field.refuse?.(value);
    if (refusal) refusals.push({ field: path, ...refusal });
  }
  return admitted;
}

function admitNested(
  type: Constructor,
  given: unknown,
  isList: boolean,
  path: string,
  refusals: FieldError[],
): unknown {
  if (!isList) return isPlainObject(given) ? admit(type, given, path, refusals) : given;
  if (!Array.isArray(given) || given.length > LONGEST_LIST) return given;
  let isChanged = false;
  const items = given.map((one: unknown, index) => {
    const item = isPlainObject(one) ? admit(type, one, `${path}[${index}]`, refusals) : one;
    isChanged ||= item !== one;
    return item;
  });
  return isChanged ? items : given;
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
