import { reachOf, sayAccess, type Access } from './access.js';
import { fieldsOf } from './fields.js';
import { exampleOf } from './openapi-examples.js';
import { GATEWAY_TAGS, gatewayPaths, METADATA } from './openapi-gateway.js';
import {
  CORRELATED,
  HEADERS,
  NOT_MODIFIED,
  PROBLEM,
  refusalsOf,
  TAGGED,
  TOKEN_ERROR,
} from './openapi-responses.js';
import { pathParameters, REFRESH_COOKIE, UploadedFile, type Operation } from './operation.js';
import { ROLES } from './roles.js';
import { referenceTo, schemaOf, type Constructor, type JsonSchema } from './schema.js';

/** Fields that the gateway fills in itself and that are not part of the HTTP request. */
export function fieldsFilledByGateway(operation: Operation): string[] {
  return [
    ...(operation.http?.refreshCookie && operation.http.refreshCookie !== 'opens' ? ['refreshToken'] : []),
    ...(operation.http?.deviceCookie ? ['device'] : []),
    ...(operation.http?.upload ? fieldsOf(UploadedFile).map((field) => field.name) : []),
  ];
}

/** Whether the operation's own fields come from the query string: reads, deletions and uploads have no JSON body. */
export const takesQuery = (operation: Operation): boolean =>
  operation.http?.method === 'GET' ||
  operation.http?.method === 'DELETE' ||
  operation.http?.upload !== undefined;

/** The media types that the body of an operation may have; none where it has no body. */
export function bodyTypesOf({ http }: Operation): readonly string[] {
  if (!http || http.method === 'GET') return [];
  return http.upload ? [http.upload.contentType] : ['application/json', ...(http.forms ?? [])];
}

/** What an installation adds to its description. */
export interface Installation {
  /** the public address, without a slash at the end; where the description was got if left out */
  url?: string;
}

const DESCRIPTION = [
  'Journal, diary and exchange of schools.',
  '',
  'Send `Authorization: Bearer …`: a person’s access token comes from `POST /api/v1/session`, a regional system’s from `POST /oauth/token`. A person of several schools adds `Parta-School`. Commands accept `Idempotency-Key`.',
  '',
  'Errors are `application/problem+json` with a stable `code`, at `/oauth/token` those of RFC 6749. Dates are days of the school’s calendar, instants are UTC.',
].join('\n');

/** The scopes of regional systems that operations ask for. */
export const scopesOf = (operations: readonly Operation[]): readonly string[] =>
  [...new Set(operations.flatMap(({ access }) => (access.kind === 'client' ? [access.scope] : [])))].sort();

/** The OpenAPI 3.1 description of all operations with an HTTP route, and of what the gateway answers itself. */
export function openApi(
  operations: readonly Operation[],
  version: string,
  { url }: Installation = {},
): JsonSchema {
  const classes = new Map<string, Constructor>();
  const responses = new Map<string, JsonSchema>([['NotModified', NOT_MODIFIED]]);
  const scopes = scopesOf(operations);
  const paths: Record<string, JsonSchema> = {};
  const routed = operations.filter((operation) => operation.http);
  for (const operation of routed) {
    const path = (paths[operation.http!.path] ??= {});
    path[operation.http!.method.toLowerCase()] = describe(operation, classes, responses);
  }
  const schemas: Record<string, JsonSchema> = {
    Problem: PROBLEM,
    TokenError: TOKEN_ERROR,
    AuthorizationServerMetadata: METADATA,
  };
  // Describing a class may add the classes it refers to; a Map is walked in order of insertion, the new ones included.
  for (const [name, type] of classes) schemas[name] = withoutCookies(schemaOf(type, classes));
  for (const { http } of routed)
    addExamples(paths[http!.path]![http!.method.toLowerCase()] as Described, schemas);
  const tags = new Map(
    [...routed.map(({ tag }) => tag), ...GATEWAY_TAGS].map((tag) => [tag.name, tag.description]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parta',
      version,
      summary: 'An open electronic journal and diary',
      description: DESCRIPTION,
      contact: { name: 'Who runs this installation', ...(url && { url }) },
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    },
    servers: [{ url: url ?? '/', description: url ? 'This installation' : 'Where this description was got' }],
    tags: [...tags]
      .map(([name, description]) => ({ name, description }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    paths: { ...paths, ...gatewayPaths(scopes) },
    components: {
      schemas,
      responses: Object.fromEntries(responses),
      headers: HEADERS,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a person or a regional system (RFC 6750).',
        },
        regionalSystem: {
          type: 'oauth2',
          description: 'A regional system with its own credentials.',
          flows: {
            clientCredentials: {
              tokenUrl: url ? `${url}/oauth/token` : '/oauth/token',
              scopes: Object.fromEntries(scopes.map((scope) => [scope, sayScope(scope)])),
            },
          },
        },
        clientCredentials: {
          type: 'http',
          scheme: 'basic',
          description: 'Client id and secret, each form-urlencoded (RFC 6749, 2.3.1).',
        },
        refreshCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: REFRESH_COOKIE,
          description: 'The cookie that signing in sets; pages of Parta alone send it.',
        },
      },
    },
  };
}

/** «roster.write» → «write: roster» */
const sayScope = (scope: string): string => scope.split('.').reverse().join(': ');

function describe(
  operation: Operation,
  classes: Map<string, Constructor>,
  responses: Map<string, JsonSchema>,
): JsonSchema {
  const http = operation.http!;
  const inPath = pathParameters(http.path);
  const hidden = new Set([...inPath, ...fieldsFilledByGateway(operation)]);
  const whole = schemaOf(operation.input, classes) as {
    properties: Record<string, JsonSchema>;
    required?: string[];
  };
  const rest = fieldsOf(operation.input).filter((field) => !hidden.has(field.name));
  const parameters: JsonSchema[] = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: whole.properties[name] ?? { type: 'string' },
  }));
  if (takesQuery(operation)) {
    for (const field of rest) {
      parameters.push({
        name: field.name,
        in: 'query',
        required: !field.options.optional,
        schema: whole.properties[field.name],
        // Lists are written with commas, or as the parameter again and again.
        ...(field.schema &&
          whole.properties[field.name]!.type === 'array' && { style: 'form', explode: false }),
      });
    }
  }
  parameters.push(...headersOf(operation));
  return {
    operationId: camel(operation.name),
    tags: [operation.tag.name],
    summary: operation.summary,
    description: [operation.description, `Who may: ${whoMay(operation.access)}.`, errorList(operation)]
      .filter(Boolean)
      .join('\n\n'),
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(
      operation,
      rest.map((f) => f.name),
      whole,
      inPath.length > 0,
      classes,
    ),
    responses: {
      [http.status ?? 200]: answerOf(operation, classes),
      ...(isTagged(operation) && { 304: { $ref: '#/components/responses/NotModified' } }),
      ...refusalsOf(operation, responses),
    },
    security: securityOf(operation),
    'x-rights': rightsOf(operation.access),
  };
}

/** Whether the answer has an ETag; files are sent as they are read. */
const isTagged = ({ http }: Operation): boolean => http!.method === 'GET' && !http!.download;

function headersOf(operation: Operation): JsonSchema[] {
  const { idempotencyKey, access } = operation;
  const parameters: JsonSchema[] = [];
  if (access.kind === 'anyone') return parameters;
  parameters.push({
    name: 'Parta-School',
    in: 'header',
    required: false,
    description: 'The school that a person of several schools works in now.',
    schema: { type: 'string', format: 'uuid' },
  });
  if (idempotencyKey && idempotencyKey !== 'ignored')
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: idempotencyKey === 'required',
      description: 'The same key with the same request is done once and answered the same.',
      schema: { type: 'string', minLength: 8, maxLength: 200, pattern: '^[\\x21-\\x7e]*$' },
      example: 'a7d0c1a2-4c7e-4d0b-9f53-2b7f0e6f1c11',
    });
  return parameters;
}

function securityOf({ http, access }: Operation): JsonSchema[] {
  if (http!.isTokenEndpoint) return [{ clientCredentials: [] }, {}];
  if (http!.refreshCookie === 'uses') return [{ refreshCookie: [] }];
  if (http!.refreshCookie === 'closes') return [{ refreshCookie: [] }, {}];
  if (access.kind === 'anyone') return [];
  return [{ bearer: [] }, ...(access.kind === 'client' ? [{ regionalSystem: [access.scope] }] : [])];
}

type Described = JsonSchema & {
  parameters?: JsonSchema[];
  requestBody?: { content: Record<string, JsonSchema> };
  responses: Record<string, { content?: Record<string, JsonSchema> }>;
};

/** «groupId» → «id of the group», «schoolYear» → «school year» */
function sayField(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.endsWith(' id') ? `id of the ${words.slice(0, -3)}` : words;
}

/** Puts an example to each parameter and body, and what a parameter means; files have no example. */
function addExamples(described: Described, schemas: Record<string, JsonSchema>): void {
  for (const parameter of described.parameters ?? []) {
    const schema = parameter.schema as JsonSchema;
    parameter.description ??= schema.description ?? sayField(parameter.name as string);
    parameter.example ??= exampleOf(schema, schemas, parameter.name as string);
  }
  const bodies = [
    ...Object.values(described.requestBody?.content ?? {}),
    ...Object.entries(described.responses)
      .filter(([status]) => status.startsWith('2'))
      .flatMap(([, response]) => Object.values(response.content ?? {})),
  ];
  for (const body of bodies) {
    const schema = body.schema as JsonSchema;
    if (schema.format !== 'binary') body.example ??= exampleOf(schema, schemas);
  }
}

function answerOf(operation: Operation, classes: Map<string, Constructor>): JsonSchema {
  const { download, refreshCookie } = operation.http!;
  if (download)
    return {
      description: 'The file.',
      headers: {
        ...CORRELATED,
        'Content-Disposition': {
          schema: { type: 'string' },
          description: 'attachment with the file’s name',
          example: 'attachment; filename="journal-7a.xlsx"',
        },
      },
      content: { [download.contentType]: { schema: { type: 'string', format: 'binary' } } },
    };
  return {
    description: operation.http!.status === 202 ? 'Accepted: it is done in the background.' : 'OK',
    headers: {
      ...(isTagged(operation) ? TAGGED : CORRELATED),
      ...(refreshCookie && {
        'Set-Cookie': {
          schema: { type: 'string' },
          description:
            refreshCookie === 'closes'
              ? 'the refresh cookie, cleared'
              : `the refresh token in ${REFRESH_COOKIE}`,
        },
      }),
    },
    content: { 'application/json': { schema: referenceTo(operation.output, classes) } },
  };
}

function bodyOf(
  operation: Operation,
  names: string[],
  whole: { properties: Record<string, JsonSchema>; required?: string[] },
  hasPathParameters: boolean,
  classes: Map<string, Constructor>,
): JsonSchema {
  const { upload } = operation.http!;
  if (upload)
    return {
      requestBody: {
        required: true,
        description: `The file, at most ${upload.maxBytes} bytes.`,
        content: { [upload.contentType]: { schema: { type: 'string', format: 'binary' } } },
      },
    };
  if (takesQuery(operation) || names.length === 0) return {};
  const byBasic = operation.http!.isTokenEndpoint ? ['client_id', 'client_secret'] : [];
  const schema =
    hasPathParameters || byBasic.length > 0
      ? {
          type: 'object',
          properties: Object.fromEntries(names.map((name) => [name, whole.properties[name]])),
          required: (whole.required ?? []).filter((name) => names.includes(name) && !byBasic.includes(name)),
          // RFC 6749, 3.2: a token endpoint ignores what it does not know.
          additionalProperties: byBasic.length > 0,
        }
      : referenceTo(operation.input, classes);
  const types = bodyTypesOf(operation);
  return {
    requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) },
  };
}

function withoutCookies(schema: JsonSchema): JsonSchema {
  const properties = { ...(schema.properties as Record<string, unknown>) };
  delete properties.refreshToken;
  delete properties.device;
  return { ...schema, properties };
}

const whoMay = (access: Access): string =>
  sayAccess(access)
    .map(({ who, reach }) => `${who} (${reach})`)
    .join('; ');

/** How far the right of each role reaches, for tools. */
function rightsOf(access: Access): JsonSchema {
  if (access.kind === 'anyone') return { anyone: access.why };
  return {
    ...(access.kind === 'client' && { [`client:${access.scope}`]: [access.reach].flat() }),
    ...Object.fromEntries(
      ROLES.map((role) => [role, reachOf(access, role)] as const).filter(([, reach]) => reach.length > 0),
    ),
  };
}

const errorList = ({ errors }: Operation): string => {
  const codes = [...new Set(Object.values(errors).flat())];
  return codes.length > 0 ? `Errors: ${codes.map((code) => `\`${code}\``).join(', ')}.` : '';
};

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
