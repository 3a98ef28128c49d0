import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fieldsFilledByGateway, pathParameters, takesQuery, type Operation } from '@parta/platform-contract';
import { AuthorisationBed, everyOperation, keyOf } from './authorisation/bed.js';
import { inputFor, variantsOf } from './authorisation/inputs.js';
import { coveredBy, type Caller } from './authorisation/relations.js';
import { send, type Answer } from './impossible/request.js';
import { impossibleFor, nameOf, placesIn, strangeFor, withValue, type Place } from './impossible/values.js';

/** Longer than this a value that is refused must not take, in milliseconds; the machine of a test may be busy. */
const SLOW_MS = 5000;
/** Requests under way at once. */
const AT_ONCE = 8;

/** What is written although the request is refused: guesses are counted. */
const COUNTED: Record<string, readonly string[]> = {
  'identity.start-session': ['identity.sign_in_attempts INSERT', 'identity.sign_in_attempts UPDATE'],
};

const operations = everyOperation().filter(({ http }) => http);
let bed: AuthorisationBed;
let url: string;
const counts = { operations: 0, fields: 0, impossible: 0, strange: 0 };

beforeAll(async () => {
  bed = await AuthorisationBed.open();
  url = bed.url;
}, 120_000);
afterAll(async () => {
  await bed?.close();
  process.stdout.write(
    `Counted: impossible values: ${counts.operations} operations, ${counts.fields} fields, ${counts.impossible} values refused, ${counts.strange} strange ones answered\n`,
  );
}, 60_000);

interface Case {
  place: Place;
  kind: string;
  value: unknown;
  input: Record<string, unknown>;
}

async function basisOf(operation: Operation): Promise<{ caller: Caller; input: Record<string, unknown> }> {
  const variant = variantsOf(operation).at(-1)!;
  for (const caller of bed.callers) {
    const records = bed.recordsOf(caller).own;
    const { input, places } = await inputFor(operation, variant, records, null);
    if (operation.access.kind === 'anyone' || coveredBy(operation.access, caller, places))
      return { caller, input };
  }
  throw new Error(`nobody may call ${keyOf(operation)}`);
}

function casesOf(
  operation: Operation,
  input: Record<string, unknown>,
  valuesOf: (place: Place, isText: boolean) => { kind: string; value: unknown }[],
): Case[] {
  const filled = fieldsFilledByGateway(operation);
  const inPath = pathParameters(operation.http!.path);
  return placesIn(operation.input, input)
    .filter(({ path }) => !filled.includes(String(path[0])))
    .flatMap((place) => {
      const isText = inPath.includes(String(place.path[0])) || takesQuery(operation);
      return valuesOf(place, isText).map(({ kind, value }) => ({
        place,
        kind,
        value,
        input: withValue(input, place.path, value) as Record<string, unknown>,
      }));
    });
}

async function eachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await task(item);
    }),
  );
}

const shown = ({ place, kind, value }: Case): string =>
  `${nameOf(place)}: ${kind} ${(JSON.stringify(value) ?? 'undefined').slice(0, 40)}`;

/** Why an answer to an impossible value is wrong; null when it is right. */
function whyWrong(one: Case, inPath: boolean, { status, code, fields, ms }: Answer): string | null {
  const said = `${status} ${code} [${fields.join(', ')}]`;
  if (status < 400 || status >= 500) return said;
  if (ms > SLOW_MS) return `${said} after ${Math.round(ms)} ms`;
  // A path that no route has, and a body that is too large or too deep as a whole, are refused before their fields are read.
  if (
    status === 413 ||
    status === 431 ||
    code === 'request.malformed' ||
    (inPath && (status === 404 || status === 414))
  )
    return null;
  const name = nameOf(one.place);
  return fields.some((field) => field.startsWith(name)) ? null : said;
}

describe('a value that its field cannot have is refused with the field named, and nothing changes', () => {
  it.each(operations.map((operation) => [keyOf(operation), operation] as const))(
    '%s',
    async (_, operation) => {
      const { caller, input } = await basisOf(operation);
      const cases = casesOf(operation, input, impossibleFor);
      const inPath = pathParameters(operation.http!.path);
      await bed.writes.taken();
      const problems: string[] = [];
      await eachAtOnce(cases, operation.http!.upload ? 1 : AT_ONCE, async (one) => {
        const answer = await send(url, operation, one.input, caller.token);
        const problem = whyWrong(one, inPath.includes(String(one.place.path[0])), answer);
        if (problem) problems.push(`${shown(one)} → ${problem}`);
      });
      counts.operations += 1;
      counts.fields += new Set(cases.map(({ place }) => nameOf(place))).size;
      counts.impossible += cases.length;
      expect(problems).toEqual([]);
      const written = await bed.writes.taken();
      expect(written.filter((place) => !COUNTED[keyOf(operation)]?.includes(place))).toEqual([]);
    },
  );
});

describe('a strange value is no failure, whatever becomes of it', () => {
  it.each(operations.map((operation) => [keyOf(operation), operation] as const))(
    '%s',
    async (_, operation) => {
      const { caller, input } = await basisOf(operation);
      const cases = casesOf(operation, input, (place) => strangeFor(place));
      const problems: string[] = [];
      await eachAtOnce(cases, operation.http!.upload ? 1 : AT_ONCE, async (one) => {
        const { status, code, ms } = await send(url, operation, one.input, caller.token);
        if (status >= 500 || ms > SLOW_MS)
          problems.push(`${shown(one)} → ${status} ${code} after ${Math.round(ms)} ms`);
      });
      counts.strange += cases.length;
      expect(problems).toEqual([]);
    },
  );
});
