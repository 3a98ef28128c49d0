// The step «openapi» of `npm test`: docs/api/openapi.json as Spectral and Redocly read it, without an error or a warning. A document
// that is spoilt for it is given to each of Parta's rules too: a rule that never says no is easily written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import core from '@stoplight/spectral-core';
import { redocly, spectral } from './rules.mjs';

const file = join(import.meta.dirname, '../../docs/api/openapi.json');
const linter = new core.Spectral();
linter.setRuleset(spectral);
const config = await createConfig(redocly);

/** What each linter finds in a document, a line for each. */
const linters = {
  spectral: async (document) =>
    (await linter.run(document)).map(({ code, path, message }) => `${code}: ${path.join('.')}: ${message}`),
  redocly: async (document) =>
    (await lintFromString({ source: JSON.stringify(document), absoluteRef: file, config })).map(
      ({ ruleId, location, message }) => `${ruleId}: ${location[0]?.pointer ?? ''}: ${message}`,
    ),
};

const text = readFileSync(file, 'utf8');
const faults = [];
for (const [name, faultsOf] of Object.entries(linters))
  for (const fault of await faultsOf(JSON.parse(text))) faults.push(`${name} ${fault}`);
for (const fault of faults) console.error(fault);
const unseen = await unseenFaults();
for (const what of unseen) console.error(`${what} does not find what it is for`);
console.log(`${faults.length} faults`);
process.exit(faults.length + unseen.length > 0 ? 1 : 0);

/** The faults put into the document that their rule has not found. */
async function unseenFaults() {
  const { paths, ...rest } = JSON.parse(text);
  const path = '/api/v1/me';
  const spoils = [
    ['spectral operation-description', ({ operation }) => delete operation.description],
    ['redocly operation-description', ({ operation }) => delete operation.description],
    ['spectral parta-operation-summary', ({ operation }) => delete operation.summary],
    ['spectral parta-one-tag', ({ operation }) => operation.tags.push('Reports')],
    [
      'redocly operation-4xx-response',
      ({ operation }) => (operation.responses = { 200: operation.responses[200] }),
    ],
    [
      'spectral parta-refusals-are-problems',
      ({ operation }) =>
        (operation.responses[404] = { description: 'Gone', content: { 'application/json': {} } }),
    ],
    [
      'spectral parta-unauthenticated-challenge',
      ({ operation }) => (operation.responses[401] = { description: 'Who?', headers: {} }),
    ],
    ['spectral parta-examples', ({ answer }) => delete answer.example],
    ['spectral oas3-valid-media-example', ({ answer }) => (answer.example = { unknown: 1 })],
    ['redocly no-invalid-media-type-examples', ({ answer }) => (answer.example = { unknown: 1 })],
    ['spectral oas3-api-servers', ({ document }) => delete document.servers],
    ['redocly no-empty-servers', ({ document }) => delete document.servers],
    ['redocly tag-description', ({ document }) => delete document.tags[0].description],
  ];
  const unseen = [];
  for (const [rule, spoil] of spoils) {
    const document = structuredClone({ ...rest, paths: { [path]: paths[path] } });
    const operation = document.paths[path].get;
    const answer = operation.responses[200].content['application/json'];
    spoil({ document, operation, answer });
    const [name, id] = rule.split(' ');
    if (!(await linters[name](document)).some((fault) => fault.startsWith(`${id}:`))) unseen.push(rule);
  }
  return unseen;
}
