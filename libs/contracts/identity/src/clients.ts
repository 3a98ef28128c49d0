import {
  anyone,
  defineCommand,
  defineQuery,
  Done,
  Flag,
  Id,
  Instant,
  ListOf,
  ListOfText,
  Nothing,
  OneOf,
  roles,
  Text,
  Whole,
} from '@parta/platform-contract';

const TAG = {
  name: 'Regional systems',
  description: 'Systems that exchange data with Parta, and their access tokens.',
};

/** What a regional system may be allowed to do. */
export const CLIENT_SCOPES = ['roster.write', 'roster.read', 'roster.decide', 'timetable.write'] as const;

/** OAuth 2.0 client credentials (RFC 6749, 4.4); field names are the standard's. */
export class RequestToken {
  @OneOf(['client_credentials'])
  grant_type: string;

  @Text({ max: 100 })
  client_id: string;

  @Text({ max: 200, isVerbatim: true })
  client_secret: string;

  @Text({ max: 500, optional: true, description: 'space-separated; all allowed scopes if left out' })
  scope?: string;
}

export class TokenView {
  @Text({ max: 8000 })
  access_token: string;

  @OneOf(['Bearer'])
  token_type: string;

  @Whole({ min: 1, max: 86_400, description: 'seconds' })
  expires_in: number;

  @Text({ min: 0, max: 500 })
  scope: string;
}

export const requestToken = defineCommand({
  service: 'identity',
  name: 'request-token',
  http: {
    method: 'POST',
    path: '/oauth/token',
    forms: ['application/x-www-form-urlencoded'],
    isTokenEndpoint: true,
  },
  idempotencyKey: 'ignored',
  access: anyone('the client secret is the proof'),
  input: RequestToken,
  output: TokenView,
  summary: 'Access token for a regional system',
  description:
    'The client’s id and secret come by HTTP Basic or as parameters, never both ways. Parameters that are not named here are ignored.',
  errors: { invalid: ['identity.scope-not-allowed'], unauthenticated: ['identity.wrong-client-credentials'] },
  tag: TAG,
});

export class RegisterClient {
  @Text({ max: 200, example: 'Региональная ИС «Контингент»' })
  name: string;

  @ListOfText({ min: 1, max: 10, values: CLIENT_SCOPES, unique: true })
  scopes: string[];
}

export class ClientCredentials {
  @Text({ max: 100 })
  clientId: string;

  @Text({ max: 200, description: 'shown once; only its hash is kept' })
  clientSecret: string;
}

export const registerClient = defineCommand({
  service: 'identity',
  name: 'register-client',
  http: { method: 'POST', path: '/api/v1/clients', status: 201 },
  idempotencyKey: 'ignored',
  access: roles({ 'regional-operator': 'region' }),
  input: RegisterClient,
  output: ClientCredentials,
  summary: 'Register a regional system',
  tag: TAG,
});

export class ClientRow {
  @Text({ max: 100 })
  clientId: string;

  @Text({ max: 200 })
  name: string;

  @ListOfText({ max: 10 })
  scopes: string[];

  @Flag()
  isBlocked: boolean;

  @Instant()
  registeredAt: string;

  @Instant({ nullable: true })
  lastTokenAt: string | null;
}

export class ClientList {
  @ListOf(() => ClientRow, { max: 500 })
  clients: ClientRow[];
}

export const listClients = defineQuery({
  service: 'identity',
  name: 'list-clients',
  http: { method: 'GET', path: '/api/v1/clients' },
  access: roles({ 'regional-operator': 'region' }),
  input: Nothing,
  output: ClientList,
  summary: 'Registered regional systems',
  tag: TAG,
});

export class SetClientBlocked {
  @Id()
  clientId: string;

  @Flag()
  isBlocked: boolean;
}

export const setClientBlocked = defineCommand({
  service: 'identity',
  name: 'set-client-blocked',
  http: { method: 'PUT', path: '/api/v1/clients/{clientId}/blocked' },
  access: roles({ 'regional-operator': 'region' }),
  input: SetClientBlocked,
  output: Done,
  summary: 'Block a regional system or lift the block',
  errors: { 'not-found': ['identity.client-not-found'] },
  tag: TAG,
});
