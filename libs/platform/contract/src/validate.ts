import { InvalidInput, type FieldError } from '@parta/platform-errors';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { admit } from './admission.js';
import { excerptOf, type Excerpt } from './excerpt.js';
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
  const { message: wrong, lengths, places } = excerptOf(type, admitted, strict);
  const message = plainToInstance(type, wrong);
  const errors = validateSync(message, {
    whitelist: strict,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
  });
  const broken = [...lengths, ...flatten(errors, '', '', places)];
  const named = new Set(broken.map((one) => one.field));
  broken.push(...refusals.filter((one) => !named.has(one.field)));
  if (broken.length > 0) throw new InvalidInput(broken.slice(0, 100));
  return message;
}

/**
 * @param prefix where the errors are in the message that came
 * @param at the same in the excerpt of it, whose lists may be shorter
 */
function flatten(
  errors: ValidationError[],
  prefix: string,
  at: string,
  places: Excerpt['places'],
): FieldError[] {
  return errors.flatMap((error) => {
    const { property } = error;
    const isIndex = /^\d+$/.test(property);
    const within = (path: string, name: string | number) =>
      isIndex ? `${path}[${name}]` : path ? `${path}.${name}` : String(name);
    const field = within(prefix, isIndex ? (places.get(at)?.[Number(property)] ?? property) : property);
    const missing = error.value === undefined && !error.constraints?.whitelistValidation;
    // Several rules of one field break together (type, length, format); a person needs the first that explains it.
    const [rule, message] = Object.entries(error.constraints ?? {}).at(-1) ?? [];
    const path = within(at, property);
    // What is left of a list in the excerpt may be fewer than it needs.
    const isCut = rule === 'arrayMinSize' && places.has(path);
    const own: FieldError[] =
      rule && !isCut
        ? [{ field, code: missing ? 'required' : (CODES[rule] ?? rule), message: message ?? rule }]
        : [];
    return [...own, ...flatten(error.children ?? [], field, path, places)];
  });
}
