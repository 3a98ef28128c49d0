import { HTTP_STATUS, problemType, type ErrorKind } from '@parta/platform-errors';
import { pathParameters, type Operation } from './operation.js';
import type { JsonSchema } from './schema.js';

export const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. `code` is stable; translate by it.',
  required: ['type', 'title', 'status', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', description: '`urn:parta:error:` and the code' },
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

export const TOKEN_ERROR: JsonSchema = {
  type: 'object',
  description: 'An error of OAuth 2.0 (RFC 6749, 5.2), with Parta’s own code beside it.',
  required: ['error', 'error_description', 'code'],
  properties: {
    error: {
      type: 'string',
      enum: [
        'invalid_request',
        'invalid_client',
        'invalid_scope',
        'unsupported_grant_type',
        'temporarily_unavailable',
      ],
    },
    error_description: { type: 'string' },
    code: { type: 'string' },
  },
};

export const HEADERS: Readonly<Record<string, JsonSchema>> = {
  CorrelationId: {
    description: 'The request in the logs; the caller’s own `X-Correlation-Id` if it sent one.',
    schema: { type: 'string' },
  },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
  Challenge: {
    description: 'The credentials that are wanted (RFC 9110, 11.6.1).',
    schema: { type: 'string' },
  },
  ETag: { description: 'For `If-None-Match`.', schema: { type: 'string' } },
};

const header = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` });

/** Of every response. */
export const CORRELATED = { 'X-Correlation-Id': header('CorrelationId') };

/** Of a read that may be answered with 304. */
export const TAGGED = { ...CORRELATED, ETag: header('ETag') };

export const NOT_MODIFIED: JsonSchema = {
  description: 'Nothing has changed since the answer with this ETag.',
  headers: TAGGED,
};

const MEANING: Readonly<Record<number, string>> = {
  400: 'The request breaks its contract.',
  401: 'Credentials are missing or not valid.',
  403: 'This caller may not do this.',
  404: 'No such record among those that the caller may see.',
  408: 'The body did not come in time.',
  409: 'The state of the record, or another command, forbids it.',
  410: 'It is not there any more.',
  413: 'The body is too large.',
  414: 'A part of the path is too long.',
  415: 'The body is of a media type that is not taken here.',
  429: 'Too many requests.',
  500: 'The request failed unexpectedly.',
  503: 'It cannot be answered just now.',
};

const DETAIL: Readonly<Record<string, string>> = {
  'request.invalid': 'name: it is missing',
  'access.unauthenticated': 'sign-in is required',
};

/** Codes by status. */
type Codes = ReadonlyMap<number, readonly string[]>;

const TOKEN_CODES = ['access.token-invalid', 'access.token-expired'];

/** What an operation of this shape can be refused with, whatever it is about. */
function usualCodes(operation: Operation): Codes {
  const http = operation.http!;
  const isOpen = operation.access.kind === 'anyone';
  const takesBody = http.method !== 'GET';
  const keepsKey = operation.idempotencyKey === 'required' || operation.idempotencyKey === 'accepted';
  const codes = new Map<number, string[]>();
  const add = (status: number, ...more: string[]): void =>
    void codes.set(status, [...(codes.get(status) ?? []), ...more]);
  add(400, 'request.invalid', 'request.malformed');
  if (operation.kind === 'command' && !isOpen) {
    if (operation.idempotencyKey === 'required') add(400, 'request.idempotency-key-missing');
    add(400, 'request.idempotency-key-invalid');
  }
  if (http.upload) add(400, 'request.body-empty');
  if (!http.isTokenEndpoint) add(401, ...(isOpen ? [] : ['access.unauthenticated']), ...TOKEN_CODES);
  if (!isOpen) {
    add(403, 'access.forbidden', 'access.another-school');
    if (operation.name !== 'change-password') add(403, 'access.password-change-required');
    if (keepsKey) add(409, 'request.idempotency-key-reused');
  }
  if (http.refreshCookie) add(403, 'access.cross-site');
  if (pathParameters(http.path).length > 0) add(414, 'request.malformed');
  if (http.download) add(410, 'request.file-gone');
  if (takesBody) {
    add(408, 'request.timeout');
    add(413, 'request.body-too-large');
    add(415, 'request.unsupported-media-type');
  }
  add(429, 'request.rate-limited', ...(http.upload ? ['request.too-many-uploads'] : []));
  add(500, 'service.failure');
  add(503, 'service.unavailable', 'service.busy', ...(http.upload ? ['request.uploads-full'] : []));
  return codes;
}

/** The codes of an operation that are its own, by status. */
function ownCodes(operation: Operation): Codes {
  return new Map(
    Object.entries(operation.errors)
      .filter(([kind]) => kind !== 'field')
      .map(([kind, codes]) => [HTTP_STATUS[kind as ErrorKind], codes] as const),
  );
}

/** Everything that an operation can be refused with, by status. */
export function codesOf(operation: Operation): Codes {
  const usual = usualCodes(operation);
  const own = ownCodes(operation);
  const statuses = [...new Set([...usual.keys(), ...own.keys()])].sort((a, b) => a - b);
  return new Map(
    statuses.map((status) => [
      status,
      [...new Set([...(usual.get(status) ?? []), ...(own.get(status) ?? [])])],
    ]),
  );
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  408: 'RequestTimeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'BodyTooLarge',
  414: 'PathTooLong',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'Failure',
  503: 'Unavailable',
};

/**
 * The refusals of an operation by status. Those that it shares with every operation of its shape are references.
 * @param shared takes the responses that are referred to
 */
export function refusalsOf(operation: Operation, shared: Map<string, JsonSchema>): JsonSchema {
  const own = ownCodes(operation);
  const refusals: Record<string, JsonSchema> = {};
  for (const [status, codes] of codesOf(operation)) {
    if (operation.http!.isTokenEndpoint) refusals[status] = tokenRefusal(status, codes);
    else if (own.has(status) || (status === 400 && operation.errors.field))
      refusals[status] = refusal(status, codes, operation.errors.field);
    else refusals[status] = share(shared, status, refusal(status, codes));
  }
  return refusals;
}

function share(shared: Map<string, JsonSchema>, status: number, response: JsonSchema): JsonSchema {
  const text = JSON.stringify(response);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? NAMES[status]! : `${NAMES[status]!}${number}`;
    const known = shared.get(name);
    if (!known) shared.set(name, response);
    if (!known || JSON.stringify(known) === text) return { $ref: `#/components/responses/${name}` };
  }
}

/** A problem with one of these codes. */
export function refusal(
  status: number,
  codes: readonly string[],
  fields: readonly string[] = [],
): JsonSchema {
  const atFields =
    fields.length > 0 ? ` Codes at fields: ${fields.map((code) => `\`${code}\``).join(', ')}.` : '';
  return {
    description: MEANING[status]! + atFields,
    headers: headersOf(status),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { value: problemExample(status, code, fields[0]) }]),
        ),
      },
    },
  };
}

function problemExample(status: number, code: string, atField = 'required'): JsonSchema {
  return {
    ...problemType(code),
    status,
    code,
    detail: DETAIL[code] ?? problemType(code).title.toLowerCase(),
    ...(code === 'request.invalid' && {
      fields: [{ field: 'name', code: atField, message: 'it is missing' }],
    }),
    ...(status === 429 && { details: { retryAfter: 30 } }),
    correlationId: '0b1f6c1e-9a54-4f0e-8c38-4f6f5a0c7d11',
  };
}

/** The words of RFC 6749, 5.2 for what a token endpoint refuses, as the gateway chooses them. */
const OAUTH: Readonly<Record<string, readonly string[]>> = {
  'request.invalid': ['invalid_request', 'unsupported_grant_type', 'invalid_scope'],
  'identity.scope-not-allowed': ['invalid_scope'],
};

const oauthErrors = (status: number, code: string): readonly string[] =>
  OAUTH[code] ??
  (status === 401
    ? ['invalid_client']
    : status === 429 || status >= 500
      ? ['temporarily_unavailable']
      : ['invalid_request']);

function tokenRefusal(status: number, codes: readonly string[]): JsonSchema {
  return {
    description: MEANING[status],
    headers: headersOf(status),
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/TokenError' },
        examples: Object.fromEntries(
          codes.flatMap((code) =>
            oauthErrors(status, code).map((error) => [
              error === oauthErrors(status, code)[0] ? code : `${code}.${error}`,
              { value: { error, error_description: problemType(code).title, code } },
            ]),
          ),
        ),
      },
    },
  };
}

const headersOf = (status: number): JsonSchema => ({
  ...CORRELATED,
  ...(status === 401 && { 'WWW-Authenticate': header('Challenge') }),
  ...((status === 429 || status === 503) && { 'Retry-After': header('RetryAfter') }),
});
