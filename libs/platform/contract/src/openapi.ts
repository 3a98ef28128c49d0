import { reachOf, sayAccess, type Access } from './access.js';
import { fieldsOf } from './fields.js';
import { UploadedFile, type Operation } from './operation.js';
import { ROLES } from './roles.js';
import { referenceTo, schemaOf, type Constructor, type JsonSchema } from './schema.js';

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. `code` is stable; translate by it.',
  required: ['type', 'title', 'status', 'code', 'correlationId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'the same for every problem of this code' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string', description: 'what is wrong this time, in English' },
    correlationId: { type: 'string' },
    details: { type: 'object', additionalProperties: true },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const TOKEN_ERROR: JsonSchema = {
  type: 'object',
  description: 'An error of OAuth 2.0 (RFC 6749, 5.2), with Parta’s own code beside it.',
  required: ['error', 'error_description', 'code'],
  properties: {
    error: { type: 'string' },
    error_description: { type: 'string' },
    code: { type: 'string' },
  },
};

/** The names in `{…}` of a route. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

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

/** The OpenAPI 3.1 description of all operations with an HTTP route. */
export function openApi(operations: readonly Operation[], version: string): JsonSchema {
  const classes = new Map<string, Constructor>();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of operations) {
    if (!operation.http) continue;
    const path = (paths[operation.http.path] ??= {});
    path[operation.http.method.toLowerCase()] = describe(operation, classes);
  }
  const schemas: Record<string, JsonSchema> = { Problem: PROBLEM, TokenError: TOKEN_ERROR };
  // Describing a class may add the classes it refers to; a Map is walked in order of insertion, the new ones included.
  for (const [name, type] of classes) schemas[name] = withoutCookies(schemaOf(type, classes));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parta',
      version,
      description:
        'Journal, diary and exchange of schools. Send `Authorization: Bearer …`; a person of several schools adds `Parta-School`. Commands accept `Idempotency-Key`. Errors are problem+json with a stable `code`.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        clientCredentials: {
          type: 'http',
          scheme: 'basic',
          description: 'Client id and secret, each form-urlencoded (RFC 6749, 2.3.1).',
        },
      },
    },
  };
}

function describe(operation: Operation, classes: Map<string, Constructor>): JsonSchema {
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
      });
    }
  }
  if (
    operation.idempotencyKey &&
    operation.idempotencyKey !== 'ignored' &&
    operation.access.kind !== 'anyone'
  ) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: operation.idempotencyKey === 'required',
      schema: { type: 'string', minLength: 8, maxLength: 200 },
    });
  }
  return {
    operationId: camel(operation.name),
    tags: [operation.tag],
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
      [http.status ?? 200]: {
        description: 'OK',
        ...answerOf(operation, classes),
      },
      default: http.isTokenEndpoint
        ? {
            description: 'Error',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/TokenError' } } },
          }
        : {
            description: 'Problem',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
    },
    security: http.isTokenEndpoint
      ? [{ clientCredentials: [] }, {}]
      : operation.access.kind === 'anyone'
        ? []
        : [{ bearer: [] }],
    'x-rights': rightsOf(operation.access),
  };
}

function answerOf(operation: Operation, classes: Map<string, Constructor>): JsonSchema {
  const { download } = operation.http!;
  if (!download)
    return { content: { 'application/json': { schema: referenceTo(operation.output, classes) } } };
  return {
    headers: {
      'Content-Disposition': { schema: { type: 'string' }, description: 'attachment with the file’s name' },
    },
    content: { [download.contentType]: { schema: { type: 'string', format: 'binary' } } },
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
        content: { [upload.contentType]: { schema: { type: 'string', format: 'binary' } } },
      },
    };
  if (takesQuery(operation) || names.length === 0) return {};
  const schema = hasPathParameters
    ? {
        type: 'object',
        properties: Object.fromEntries(names.map((name) => [name, whole.properties[name]])),
        required: (whole.required ?? []).filter((name) => names.includes(name)),
        additionalProperties: false,
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

const errorList = (operation: Operation): string =>
  operation.errors.length > 0 ? `Errors: ${operation.errors.map((code) => `\`${code}\``).join(', ')}.` : '';

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
