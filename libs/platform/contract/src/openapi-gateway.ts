import { CORRELATED, NOT_MODIFIED, refusal, TAGGED } from './openapi-responses.js';
import type { JsonSchema } from './schema.js';

/** Parts of the description that no contract has: what the gateway answers itself. */
export const GATEWAY_TAGS = [
  { name: 'Live updates', description: 'What has changed, as it changes.' },
  { name: 'About the API', description: 'This description, OAuth metadata and health.' },
];

const ABOUT = ['About the API'];

const isUp = (status: string): JsonSchema => ({
  'application/json': {
    schema: {
      type: 'object',
      required: ['status'],
      properties: { status: { type: 'string', const: status } },
    },
    example: { status },
  },
});

const LIMITED = { 429: refusal(429, ['request.rate-limited']) };

/** The schema of RFC 8414 metadata, as far as Parta has any. */
export const METADATA: JsonSchema = {
  type: 'object',
  description: 'Metadata of the authorization server (RFC 8414).',
  required: [
    'issuer',
    'token_endpoint',
    'response_types_supported',
    'grant_types_supported',
    'token_endpoint_auth_methods_supported',
    'scopes_supported',
    'service_documentation',
  ],
  properties: {
    issuer: { type: 'string', format: 'uri' },
    token_endpoint: { type: 'string', format: 'uri' },
    response_types_supported: { type: 'array', items: { type: 'string' } },
    grant_types_supported: { type: 'array', items: { type: 'string' } },
    token_endpoint_auth_methods_supported: { type: 'array', items: { type: 'string' } },
    scopes_supported: { type: 'array', items: { type: 'string' } },
    service_documentation: { type: 'string', format: 'uri' },
  },
};

/**
 * The RFC 8414 metadata of an installation.
 * @param issuer its public address, without a slash at the end
 * @param scopes what regional systems can be allowed
 */
export const metadataOf = (issuer: string, scopes: readonly string[]): JsonSchema => ({
  issuer,
  token_endpoint: `${issuer}/oauth/token`,
  // There is no authorization endpoint.
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  scopes_supported: [...scopes],
  service_documentation: `${issuer}/api/openapi.json`,
});

/** The paths that the gateway answers itself. */
export const gatewayPaths = (scopes: readonly string[]): Record<string, JsonSchema> => ({
  '/api/v1/live': {
    get: {
      operationId: 'live',
      tags: ['Live updates'],
      summary: 'Server-sent events of what has changed',
      description:
        'A stream of events for the one who is signed in: `ready` when it has begun, `changed` with what changed and for whom, never the content; comments keep the connection. It ends after nine minutes and is opened anew.',
      parameters: [
        {
          name: 'journal',
          in: 'query',
          required: false,
          description:
            'A study group, whose journal’s changes are added; `school`: those of every journal of the school.',
          schema: { type: 'string' },
          example: 'school',
        },
      ],
      responses: {
        200: {
          description: 'The stream.',
          headers: CORRELATED,
          content: {
            'text/event-stream': {
              schema: { type: 'string' },
              example: 'event: ready\ndata: {}\n\n',
            },
          },
        },
        401: refusal(401, ['access.unauthenticated', 'access.token-invalid', 'access.token-expired']),
        403: refusal(403, ['access.forbidden', 'access.password-change-required']),
        429: refusal(429, ['request.rate-limited', 'request.too-many-streams']),
        500: refusal(500, ['service.failure']),
        503: refusal(503, ['service.unavailable', 'service.busy']),
      },
      security: [{ bearer: [] }],
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'getDescription',
      tags: ABOUT,
      summary: 'This description',
      description: 'The OpenAPI 3.1 description of this installation.',
      responses: {
        200: {
          description: 'The description.',
          headers: TAGGED,
          content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } } },
        },
        304: NOT_MODIFIED,
        ...LIMITED,
      },
      security: [],
    },
  },
  '/.well-known/oauth-authorization-server': {
    get: {
      operationId: 'getAuthorizationServerMetadata',
      tags: ABOUT,
      summary: 'Metadata of the authorization server',
      description: 'Where and how a regional system gets its access token (RFC 8414).',
      responses: {
        200: {
          description: 'The metadata.',
          headers: TAGGED,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/AuthorizationServerMetadata' },
              example: metadataOf('https://journal.example.ru', scopes),
            },
          },
        },
        304: NOT_MODIFIED,
        ...LIMITED,
      },
      security: [],
    },
  },
  '/health/live': {
    get: {
      operationId: 'isLive',
      tags: ABOUT,
      summary: 'Whether the gateway runs',
      description: 'For whoever restarts a gateway that has stopped answering.',
      responses: {
        200: { description: 'It runs.', headers: CORRELATED, content: isUp('live') },
        ...LIMITED,
      },
      security: [],
    },
  },
  '/health/ready': {
    get: {
      operationId: 'isReady',
      tags: ABOUT,
      summary: 'Whether the gateway takes requests',
      description: 'For whoever balances between gateways.',
      responses: {
        200: { description: 'It takes requests.', headers: CORRELATED, content: isUp('ready') },
        ...LIMITED,
        503: { description: 'It takes none just now.', headers: CORRELATED, content: isUp('not ready') },
      },
      security: [],
    },
  },
});
