import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CLIENT_SCOPES } from '@parta/contracts-identity';
import { operations } from '@parta/gateway/operations';
import {
  bodyTypesOf,
  codesOf,
  fieldsOf,
  openApi,
  parseMessage,
  type Constructor,
  type Operation,
} from '@parta/platform-contract';
import { HTTP_STATUS, problemType } from '@parta/platform-errors';

interface Media {
  schema: { $ref?: string; allOf?: { properties?: { code: { enum: string[] } } }[]; format?: string };
  example?: unknown;
  examples?: Record<string, { value: Record<string, unknown> }>;
}
interface Answer {
  $ref?: string;
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Media>;
}
interface Described {
  operationId: string;
  tags: string[];
  parameters?: { name: string; in: string; example: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
  security: Record<string, string[]>[];
}
interface Document {
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Described>>;
  components: {
    responses: Record<string, Answer>;
    securitySchemes: { regionalSystem: { flows: { clientCredentials: { scopes: object } } } };
  };
}

const document = openApi(operations, '0.0.0') as unknown as Document;
const named = operations.map((operation) => [`${operation.service}.${operation.name}`, operation] as const);

const describedOf = ({ http }: Operation): Described =>
  document.paths[http!.path]![http!.method.toLowerCase()]!;
const answerOf = (answer: Answer): Answer =>
  answer.$ref ? document.components.responses[answer.$ref.split('/').at(-1)!]! : answer;
const examplesOf = (answer: Answer): Record<string, unknown>[] =>
  Object.values(answerOf(answer).content ?? {}).flatMap(({ examples }) =>
    Object.values(examples ?? {}).map(({ value }) => value),
  );

const ID = '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071';
/** What the gateway itself puts into a message. */
const OF_THE_GATEWAY = { uploadId: ID, sha256: 'a'.repeat(64), size: 1, refreshToken: 'a'.repeat(60) };

function withThoseOfTheGateway(type: Constructor, example: object): object {
  const names = fieldsOf(type).map(({ name }) => name);
  return {
    ...Object.fromEntries(Object.entries(OF_THE_GATEWAY).filter(([name]) => names.includes(name))),
    ...example,
  };
}

describe.each(named)('%s', (_, operation) => {
  const described = describedOf(operation);

  it('has examples that its contract takes', () => {
    const parameters = (described.parameters ?? []).filter((one) => one.in !== 'header');
    const bodies = Object.values(described.requestBody?.content ?? {}).filter(
      ({ schema }) => schema.format !== 'binary',
    );
    for (const { example } of bodies.length > 0 ? bodies : [{ example: {} }]) {
      expect(example).toEqual(expect.any(Object));
      const input = {
        ...Object.fromEntries(parameters.map((one) => [one.name, one.example])),
        ...(example as object),
      };
      expect(() =>
        parseMessage(operation.input, withThoseOfTheGateway(operation.input, input)),
      ).not.toThrow();
    }
    if (operation.http!.download) return;
    const { example } = described.responses[operation.http!.status ?? 200]!.content!['application/json']!;
    expect(() =>
      parseMessage(operation.output, withThoseOfTheGateway(operation.output, example as object), false),
    ).not.toThrow();
  });

  it('declares the bodies it takes', () => {
    const takesBody = described.requestBody !== undefined;
    if (takesBody) expect(Object.keys(described.requestBody!.content)).toEqual(bodyTypesOf(operation));
  });

  it('declares every refusal with its codes', () => {
    for (const [status, codes] of codesOf(operation)) {
      const examples = examplesOf(described.responses[status]!);
      expect([...new Set(examples.map(({ code }) => code))].sort()).toEqual([...codes].sort());
      if (operation.http!.isTokenEndpoint) continue;
      for (const example of examples) {
        const code = example.code as string;
        expect(example).toEqual(expect.objectContaining({ status, ...problemType(code) }));
      }
    }
    const { responses } = described;
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '429', '503']));
    expect(answerOf(responses[401]!).headers).toHaveProperty('WWW-Authenticate');
    expect(Object.keys(responses).includes('403')).toBe(
      operation.access.kind !== 'anyone' ||
        operation.http!.refreshCookie !== undefined ||
        operation.errors.forbidden !== undefined,
    );
    expect(Object.keys(responses).includes('415')).toBe(operation.http!.method !== 'GET');
    expect(Object.keys(responses).includes('304')).toBe(
      operation.http!.method === 'GET' && !operation.http!.download,
    );
  });
});

describe('the description', () => {
  it('names an operation, a tag and a code once each', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    expect(new Set(tags).size).toBe(tags.length);
    const titles = new Map<unknown, Set<unknown>>();
    for (const path of Object.values(document.paths))
      for (const { responses } of Object.values(path))
        for (const { code, title } of Object.values(responses).flatMap(examplesOf)) {
          if (title === undefined) continue;
          titles.set(code, (titles.get(code) ?? new Set()).add(title));
        }
    expect(titles.size).toBeGreaterThan(90);
    expect([...titles].filter(([, of]) => of.size !== 1)).toEqual([]);
  });

  it('names one description for each tag', () => {
    const byName = Map.groupBy(operations, ({ tag }) => tag.name);
    for (const [name, list] of byName)
      expect([name, new Set(list.map(({ tag }) => tag.description)).size]).toEqual([name, 1]);
  });

  it('knows the scopes of regional systems', () => {
    const { scopes } = document.components.securitySchemes.regionalSystem.flows.clientCredentials;
    expect(Object.keys(scopes).sort()).toEqual([...CLIENT_SCOPES].sort());
  });

  it('says where the installation is when that is known', () => {
    expect(document.servers.map(({ url }) => url)).toEqual(['/']);
    const known = openApi(operations, '0.0.0', { url: 'https://journal.example' }) as unknown as Document;
    expect(known.servers.map(({ url }) => url)).toEqual(['https://journal.example']);
  });
});

describe('an error that services throw', () => {
  const root = join(import.meta.dirname, '../..');
  const sources = globSync(['apps/*/src/**/*.ts', 'libs/platform/*/src/**/*.ts'], { cwd: root })
    .filter((file) => !file.includes('apps/web/') && !/spec\.ts$/.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  const CLASSES: Record<string, string> = {
    NotFound: 'not-found',
    Conflict: 'conflict',
    Forbidden: 'forbidden',
    Unauthenticated: 'unauthenticated',
  };
  /** The kinds with which a code is thrown, as far as it is written out. */
  const thrown = new Map<string, Set<string>>();
  for (const source of sources) {
    const put = (code: string, kind: string): void =>
      void thrown.set(code, (thrown.get(code) ?? new Set()).add(kind));
    for (const [, name, code] of source.matchAll(
      /\b(NotFound|Conflict|Forbidden|Unauthenticated)\(\s*'([a-z]+\.[a-z-]+)'/g,
    ))
      put(code!, CLASSES[name!]!);
    for (const [, kind, code] of source.matchAll(/DomainError\(\s*'([a-z-]+)',\s*'([a-z]+\.[a-z-]+)'/g))
      put(code!, kind!);
  }

  const declared = operations.flatMap((operation) =>
    Object.entries(operation.errors).flatMap(([kind, codes]) =>
      codes.filter((code) => thrown.has(code)).map((code) => [operation.name, kind, code] as const),
    ),
  );

  it('is declared with the kind it is thrown with', () => {
    expect(declared.length).toBeGreaterThan(90);
    expect(declared.filter(([, kind, code]) => !thrown.get(code)!.has(kind))).toEqual([]);
    for (const [, kind] of declared) expect(HTTP_STATUS).toHaveProperty([kind]);
  });
});
