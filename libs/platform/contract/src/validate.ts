import { InvalidInput, type FieldError } from '@parta/platform-errors';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { admit } from './admission.js';
import { readValid } from './read-valid.js';
import type { Constructor } from './schema.js';

const CODES: Record<string, string> = {
  isRealDate: 'format',
  isRealInstant: 'format',
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
 * @param strict what comes from outside (commands, queries): texts are brought into the form that is kept, dates far off and
 *   properties the class does not name are refused; without it the latter are ignored (facts of a newer producer)
 * @throws InvalidInput with one entry per broken rule, at most 100
 */
export function parseMessage<T extends object>(type: Constructor<T>, plain: unknown, strict = true): T {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new InvalidInput([{ field: '', code: 'type', message: 'an object is expected' }]);
  }
  const refusals: FieldError[] = [];
  const admitted = strict ? admit(type, plain as Record<string, unknown>, '', refusals) : plain;
  const valid = refusals.length === 0 ? readValid(type, admitted, strict) : null;
  if (valid) return valid;
  const message = plainToInstance(type, admitted);
  const errors = validateSync(message, {
    whitelist: strict,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
  });
  const broken = flatten(errors, '');
  const named = new Set(broken.map((one) => one.field));
  broken.push(...refusals.filter((one) => !named.has(one.field)));
  if (broken.length > 0) throw new InvalidInput(broken.slice(0, 100));
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
