import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contingentFacts } from '@parta/contracts-contingent';
import { curriculumFacts } from '@parta/contracts-curriculum';
import { identityFacts } from '@parta/contracts-identity';
import { journalFacts } from '@parta/contracts-journal';
import { parseMessage } from '@parta/platform-contract';

const folderOf = (service: string): string =>
  join(import.meta.dirname, `../../libs/contracts/${service}/fixtures`);
const services = { identityFacts, contingentFacts, curriculumFacts, journalFacts };

// A fact is kept by its consumers and on the stream for years: what was published once is understood for good.
describe.each(Object.values(services).map((facts) => [facts[0]!.service, facts] as const))(
  'a fact of %s',
  (service, facts) => {
    it.each(facts.map((fact) => [fact.type, fact] as const))(
      'is accepted as it was first published, whatever a newer producer adds: %s',
      (type, fact) => {
        const golden = JSON.parse(readFileSync(join(folderOf(service), `${type}.json`), 'utf8')) as object;
        expect(parseMessage(fact.data, golden)).toEqual(golden);
        expect(() => parseMessage(fact.data, { ...golden, addedLater: true }, false)).not.toThrow();
      },
    );

    it('has a fixture for each version ever published', () => {
      expect(readdirSync(folderOf(service))).toEqual(
        expect.arrayContaining(facts.map(({ type }) => `${type}.json`)),
      );
    });
  },
);
