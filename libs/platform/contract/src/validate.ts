import { InvalidInput, type FieldError } from '@parta/platform-errors';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { readValid } from './read-valid.js';
import type { Constructor } from './schema.js';

const CODES: Record<string, string> = {
  isLength: 'length',
  isIn: 'not-in-list',
  isUuid: 'format',
  matches: 'format',
  isEmail: 'format',
  isInt: 'type',
  isNumber: 'type',
  isString: 'type',
  isBoolean: 'type',
  isArray: 'type',
  isObject: 'type',
  nestedValidation: 'type',
  min: 'too-small',
  max: 'too-large',
  arrayMinSize: 'too-few',
  arrayMaxSize: 'too-many',
  arrayUnique: 'duplicate',
  whitelistValidation: 'unknown-field',
};

/**
 * Turns a plain object into a message class and checks it.
 * @param strict refuse properties the class does not name (commands); without it they are ignored (facts of a newer producer)
 * @throws InvalidInput with one entry per broken rule, at most 100
 */
export function parseMessage<T extends object>(type: Constructor<T>, plain: unknown, strict = true): T {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new InvalidInput([{ field: '', code: 'type', message: 'an object is expected' }]);
  }
  const valid = readValid(type, plain as object, strict);
  if (valid) return valid;
  const message = plainToInstance(type, plain as object);
  const errors = validateSync(message, {
    whitelist: strict,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
  });
  if (errors.length > 0) throw new InvalidInput(flatten(errors, '').slice(0, 100));
  return message;
}

function flatten(errors: ValidationError[], prefix: string): FieldError[] {
  return errors.flatMap((error) => {
    const index = /^\d+$/.test(error.property);
    const field = index
      ? `${prefix}[${error.property}]`
      : prefix
        ? `${prefix}.${error.property}`
        : error.property;
    const missing = error.value === undefined && !error.constraints?.whitelistValidation;
    // Several rules of one field break together (type, length, format); a person needs the first that explains it.
    const [rule, message] = Object.entries(error.constraints ?? {}).at(-1) ?? [];
    const own: FieldError[] = rule
      ? [{ field, code: missing ? 'required' : (CODES[rule] ?? rule), message: message ?? rule }]
      : [];
    return [...own, ...flatten(error.children ?? [], field)];
  });
}
