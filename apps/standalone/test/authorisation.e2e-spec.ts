import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reachOf, ROLES, rolesOf, STAFF_ROLES, type Operation, type Role } from '@parta/platform-contract';
import type { Grant } from '@parta/platform-rpc';
import { AuthorisationBed, everyOperation, keyOf } from './authorisation/bed.js';
import { inputFor, variantsOf } from './authorisation/inputs.js';
import { coveredBy, RELATIONS, type Caller, type Relation } from './authorisation/relations.js';
import { namesIn, outcomeOf, whyNotAllowed, whyNotRefused } from './authorisation/verdicts.js';

/** Answers with nothing but numbers: what they count is compared elsewhere. */
const NUMBERS_ONLY: Record<string, string> = {
  'identity.count-accounts': 'accounts.medium-spec.ts compares it with the list that it counts',
};

const operations = everyOperation();
const guarded = operations.filter(({ access }) => access.kind !== 'anyone');
const named = (list: readonly Operation[]) => list.map((operation) => [keyOf(operation), operation] as const);

let bed: AuthorisationBed;
beforeAll(async () => {
  bed = await AuthorisationBed.open();
}, 120_000);
afterAll(() => bed?.close(), 60_000);

interface Call {
  relation: Relation;
  input: Record<string, unknown>;
  /** whether the input names a record at all */
  isPlaced: boolean;
  isCovered: boolean;
  /** what the caller's right covers; null when there is none */
  covered: readonly Relation[] | null;
}

/**
 * Every different call of an operation by somebody: records in each relation, and each way to name them.
 * @param comesIn the door is open to the caller although the role here has no right
 */
async function callsOf(operation: Operation, caller: Caller, comesIn = false): Promise<Call[]> {
  const calls: Call[] = [];
  const records = bed.recordsOf(caller);
  for (const variant of variantsOf(operation)) {
    const { places } = await inputFor(operation, variant, records.own, null);
    const covered = coveredBy(operation.access, caller, places);
    const isPlaced = places.length > 0;
    const called = new Set<string>();
    // What is covered comes first: the same record in another relation is the same call.
    for (const relation of isPlaced ? [...(covered ?? []), ...RELATIONS] : (['own'] as const)) {
      const pointsAt = JSON.stringify(places.map((name) => records[relation][name]));
      if (called.has(pointsAt)) continue;
      called.add(pointsAt);
      // Whom the door refuses brings no file.
      const files = covered || comesIn ? bed.files : null;
      const { input } = await inputFor(operation, variant, records[relation], files);
      const isCovered = isPlaced ? (covered?.includes(relation) ?? false) : covered !== null;
      calls.push({ relation, input, isPlaced, isCovered, covered });
    }
  }
  return calls;
}

it('knows every operation of every contract, and where each of them points', async () => {
  expect(operations.length).toBeGreaterThan(60);
  for (const operation of operations) {
    for (const variant of variantsOf(operation))
      await inputFor(operation, variant, bed.recordsOf(bed.callers[0]!).own, null);
    const { access, kind, name } = operation;
    const isBlind = kind === 'query' && access.kind !== 'anyone' && namesIn(operation).length === 0;
    if (isBlind && !NUMBERS_ONLY[keyOf(operation)])
      throw new Error(
        `${name} answers no id that relations.ts knows: add the record, or say in NUMBERS_ONLY who looks at it`,
      );
  }
});

describe('refuses whom it is not for, and whose record it is not', () => {
  it.each(named(guarded))('%s', async (_, operation) => {
    await bed.writes.taken();
    const problems: string[] = [];
    for (const caller of bed.callers)
      for (const { relation, input, covered } of (await callsOf(operation, caller)).filter(
        (one) => !one.isCovered,
      )) {
        const outcome = await outcomeOf(bed.call(operation, input, caller.token));
        const problem = whyNotRefused(operation, outcome, bed.recordsOf(caller), covered, relation);
        if (problem) problems.push(`${caller.name}, ${relation}: ${problem}`);
      }
    expect(problems).toEqual([]);
    expect(await bed.writes.taken()).toEqual([]);
  });
});

describe('a right in one school opens nothing in another', () => {
  const ofRoles = guarded.filter(({ access }) =>
    rolesOf(access).some((role) => role !== 'regional-operator'),
  );
  it.each(named(ofRoles))('%s', async (_, operation) => {
    await bed.writes.taken();
    const problems: string[] = [];
    for (const role of ROLES.filter((one) => reachOf(operation.access, one).length === 0)) {
      const caller = await bed.holderOf(role, rightsElsewhere(operation, role));
      const records = bed.recordsOf(caller);
      for (const { input, isPlaced } of (await callsOf(operation, caller, true)).filter(
        (one) => one.relation === 'own',
      )) {
        const outcome = await outcomeOf(bed.call(operation, input, caller.token));
        // A command that names no record is about the other school.
        if (!isPlaced && operation.kind === 'command') continue;
        const problem = whyNotRefused(operation, outcome, records, ['foreign school'], 'own');
        if (problem) problems.push(`${caller.name}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
    expect(await bed.writes.taken()).toEqual([]);
  });

  // The region may know one person in several schools.
  const rightsElsewhere = (operation: Operation, of: Role): Grant[] =>
    rolesOf(operation.access)
      .filter((role) => role !== 'regional-operator')
      .map((role) => ({
        role,
        schoolId: bed.region.foreign.schoolId,
        personId: bed.region.holders[of].personId,
        classIds: [randomUUID()],
        studentIds: [randomUUID()],
      }));
});

describe('refuses an own record together with another school’s', () => {
  it.each(named(guarded))('%s', async (_, operation) => {
    const role = ROLES.find((one) => {
      const reach = reachOf(operation.access, one);
      return reach.length > 0 && !reach.includes('region');
    });
    if (!role) return;
    await bed.writes.taken();
    const caller = bed.callerOf(role);
    const records = bed.recordsOf(caller);
    for (const variant of variantsOf(operation)) {
      const { places } = await inputFor(operation, variant, records.own, null);
      if (places.length < 2) continue;
      for (const name of places) {
        const mixed = { ...records.own, [name]: records['foreign school'][name]! };
        const { input } = await inputFor(operation, variant, mixed, bed.files);
        const outcome = await outcomeOf(bed.call(operation, input, caller.token));
        if ('error' in outcome) expect(outcome.error.kind).not.toBe('unavailable');
        else
          expect([name, whyNotRefused(operation, outcome, records, ['own'], 'foreign school')]).toEqual([
            name,
            null,
          ]);
      }
    }
    expect(await bed.writes.taken()).toEqual([]);
  });
});

describe('lets everybody do what is theirs, and shows no more than that', () => {
  it.each(named(guarded))('%s', async (_, operation) => {
    const problems: string[] = [];
    for (const caller of bed.callers)
      for (const call of (await callsOf(operation, caller)).filter((one) => one.isCovered)) {
        const { relation, input, isPlaced, covered } = call;
        const outcome = await outcomeOf(bed.call(operation, input, caller.token));
        const shown = isPlaced ? [relation] : covered!;
        const problem = whyNotAllowed(operation, outcome, bed.recordsOf(caller), covered!, shown);
        if (problem) problems.push(`${caller.name}, ${relation}: ${problem}`);
      }
    expect(problems).toEqual([]);
  });
});

describe('asks nobody who it is', () => {
  it.each(named(operations.filter(({ access }) => access.kind === 'anyone')))('%s', async (_, operation) => {
    const { own } = bed.recordsOf(bed.callers[0]!);
    const { input } = await inputFor(operation, {}, own, bed.files);
    const outcome = await outcomeOf(bed.call(operation, input, null));
    if ('error' in outcome) expect(Object.values(operation.errors).flat()).toContain(outcome.error.code);
  });
});

describe('the door', () => {
  it('knows the same roles as the services behind it', async () => {
    const problems: string[] = [];
    for (const operation of guarded.filter(({ http }) => http))
      for (const caller of bed.callers.filter((one) => !coveredBy(operation.access, one, []))) {
        const { status, code } = await bed.knock(operation, caller.token);
        const expected = caller.token ? [403, 'access.forbidden'] : [401, 'access.unauthenticated'];
        if (status !== expected[0] || code !== expected[1])
          problems.push(`${keyOf(operation)} for ${caller.name}: ${status} ${code}`);
      }
    expect(problems).toEqual([]);
  });
});

it('has somebody for every role', () => {
  const callers = new Set(bed.callers.map((one) => one.role));
  expect(ROLES.filter((role: Role) => !callers.has(role))).toEqual([]);
  expect(
    STAFF_ROLES.every((role) =>
      bed.region.own.classes[0]!.teachings.some((one) => one.teacherId === bed.region.holders[role].personId),
    ),
  ).toBe(true);
});
