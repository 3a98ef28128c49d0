// Writes what is derived from the contracts: docs/api/openapi.json, docs/api/permissions.md, docs/events.md, the table of
// settings in docs/administration.md and the web client's types; and docs/licences.md from the lock file.
// `--check` writes nothing and fails when something is out of date.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { build } from './build/build.mjs';
import { licencesPage } from './licences/page.mjs';
import { permissionsPage } from './permissions-page.mjs';
import { withSettings } from './settings-table.mjs';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

await build();
const contract = await import('@parta/platform-contract');
const { fieldsOf, openApi, operationsOfTheGateway } = contract;
const operations = [...operationsOfTheGateway];
const facts = [];
for (const manifest of globSync('libs/contracts/*/package.json', { cwd: root }).sort()) {
  const contracts = await import(JSON.parse(readFileSync(join(root, manifest), 'utf8')).name);
  operations.push(...(contracts.operations ?? []));
  for (const [name, value] of Object.entries(contracts)) if (name.endsWith('Facts')) facts.push(...value);
}

const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const description = openApi(operations, version);
const types = astToString(await openapiTS(structuredClone(description)));

const outputs = {
  'docs/api/openapi.json': JSON.stringify(description, null, 2),
  'docs/api/permissions.md': permissionsPage(operations, contract),
  'docs/events.md': eventsPage(),
  'docs/administration.md': withSettings(
    readFileSync(join(root, 'docs/administration.md'), 'utf8'),
    await import('@parta/platform-rpc'),
  ),
  'docs/licences.md': licencesPage(root),
  'apps/web/src/api/generated/schema.ts': `/* Generated from the contracts by tools/generate.mjs. */\n${types}`,
};

let stale = 0;
for (const [path, text] of Object.entries(outputs)) {
  const file = join(root, path);
  const wanted = await prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
  const present = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (present === wanted) continue;
  stale += 1;
  if (check) console.error(`${path} is out of date: run npm run generate`);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
    console.log(`wrote ${path}`);
  }
}
if (check && stale > 0) process.exit(1);

function eventsPage() {
  const lines = [
    '# Events',
    '',
    'Every fact that services publish. Generated from `libs/contracts`; do not edit.',
    '',
    'Subject: `evt.<service>.<aggregate>.<fact>.v<version>.<schoolId>`, in the stream `EVT_<service>`.',
    'Envelope: `id, type, version, source, schoolId, aggregateId, aggregateVersion, occurredAt, actor, correlationId, causationId, data`.',
  ];
  for (const fact of facts) {
    lines.push(
      '',
      `## ${fact.type}`,
      '',
      `${fact.summary}.`,
      '',
      '| field | type | meaning |',
      '| --- | --- | --- |',
    );
    for (const field of fieldsOf(fact.data)) {
      const schema = field.nested ? { type: field.nested().name } : field.schema;
      const type = [
        field.list
          ? `list of ${schema.type}`
          : schema.enum
            ? schema.enum.map((v) => `\`${v}\``).join(', ')
            : schema.items
              ? `list of ${schema.items.format ?? schema.items.type}`
              : (schema.format ?? schema.type),
        field.options.nullable ? 'or null' : '',
        field.options.optional ? '(optional)' : '',
      ]
        .filter(Boolean)
        .join(' ');
      lines.push(`| ${field.name} | ${type} | ${field.options.description ?? ''} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
