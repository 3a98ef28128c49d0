import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMessage } from '@parta/platform-contract';
import { contingentFacts } from './facts.js';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const fixtureOf = (type: string): object =>
  JSON.parse(readFileSync(join(FIXTURES, `${type}.json`), 'utf8')) as object;

describe('a fact of contingent', () => {
  it.each(contingentFacts.map((fact) => [fact.type, fact] as const))(
    'is accepted as it was first published, whatever a newer producer adds: %s',
    (type, fact) => {
      const golden = fixtureOf(type);
      expect(parseMessage(fact.data, golden)).toEqual(golden);
      expect(() => parseMessage(fact.data, { ...golden, addedLater: true }, false)).not.toThrow();
    },
  );

  it('has a fixture for each version ever published', () => {
    const types = contingentFacts.map(({ type }) => `${type}.json`);
    expect(readdirSync(FIXTURES)).toEqual(expect.arrayContaining(types));
  });
});
