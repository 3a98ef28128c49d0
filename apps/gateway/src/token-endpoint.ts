import { fieldsOf, type Operation } from '@parta/platform-contract';
import { DomainError, Unauthenticated, type PlainError } from '@parta/platform-errors';
import type { FastifyRequest } from 'fastify';
import { operations } from './operations.js';

const PATHS = new Set(
  operations.filter(({ http }) => http!.isTokenEndpoint).map((operation) => operation.http!.path),
);

/** Whether errors of a request have OAuth's form, those found before it has a route too. */
export const isForTokenEndpoint = (url: string): boolean => PATHS.has(url.split('?', 1)[0]!);

/**
 * The parameters of a request to a token endpoint, those among them that its operation knows. Credentials by HTTP Basic are put among
 * them (RFC 6749, 2.3.1); a parameter without a value counts as left out (3.2).
 * @throws DomainError `request.malformed` when a parameter is given twice or credentials come both ways;
 * Unauthenticated `identity.wrong-client-credentials` when there are none, or not in the RFC's form
 */
export function tokenParameters(
  operation: Operation,
  { body, headers }: Pick<FastifyRequest, 'body' | 'headers'>,
): Record<string, unknown> {
  const given = (body ?? {}) as Record<string, unknown>;
  const input: Record<string, unknown> = {};
  for (const { name } of fieldsOf(operation.input)) {
    if (given[name] === '' || !Object.hasOwn(given, name)) continue;
    if (Array.isArray(given[name])) throw malformed(`${name}: it is given more than once`);
    input[name] = given[name];
  }
  if (headers.authorization !== undefined) {
    const [id, secret] = basicCredentials(headers.authorization);
    if (input.client_secret !== undefined)
      throw malformed('client_secret: credentials come by HTTP Basic or as parameters, not both ways');
    if (input.client_id !== undefined && input.client_id !== id)
      throw malformed('client_id: it is another one than that of HTTP Basic');
    return { ...input, client_id: id, client_secret: secret };
  }
  if (input.client_id === undefined && input.client_secret === undefined)
    throw wrong('the credentials of the client are missing');
  return input;
}

/** The errors of RFC 6749, 5.2: the refusal of a client is 401, others that are the client's fault are 400. */
export function tokenError(problem: PlainError): { error: string; error_description: string; code: string } {
  return { error: errorOf(problem), error_description: describe(problem), code: problem.code };
}

function basicCredentials(authorization: string): [id: string, secret: string] {
  const encoded = /^Basic +([\w+/-]+=*) *$/i.exec(authorization)?.[1];
  if (!encoded) throw wrong('Authorization has to be Basic and the credentials of the client');
  try {
    const pair = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    const colon = pair.indexOf(':');
    if (colon > 0) return [formDecoded(pair.slice(0, colon)), formDecoded(pair.slice(colon + 1))];
  } catch {
    // No UTF-8, or no form-urlencoding.
  }
  throw wrong('Basic credentials are id and secret, each form-urlencoded, with a colon between them');
}

const formDecoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

const malformed = (message: string): DomainError => new DomainError('invalid', 'request.malformed', message);

const wrong = (message: string): Unauthenticated =>
  new Unauthenticated('identity.wrong-client-credentials', message);

function errorOf({ code, kind, fields }: PlainError): string {
  if (kind === 'unauthenticated') return 'invalid_client';
  if (code === 'identity.scope-not-allowed') return 'invalid_scope';
  if (fields?.some((one) => one.field === 'grant_type' && one.code === 'not-in-list'))
    return 'unsupported_grant_type';
  if (fields?.every((one) => one.field === 'scope')) return 'invalid_scope';
  return kind === 'unavailable' || kind === 'too-many' ? 'temporarily_unavailable' : 'invalid_request';
}

/** There is no list of fields in the RFC: the description names them, in the signs that it allows. */
function describe({ message, fields }: PlainError): string {
  const text = fields ? fields.map((one) => `${one.field}: ${one.message}`).join('; ') : message;
  return text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 500);
}
