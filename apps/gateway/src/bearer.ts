import { Unauthenticated } from '@parta/platform-errors';
import type { FastifyRequest } from 'fastify';

/** RFC 6750, 2.1: the scheme in any case, then a token of these signs. */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/**
 * The access token of a request; null without an Authorization header.
 * @throws Unauthenticated `access.token-invalid` when the header holds anything else
 */
export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  if (headers.authorization === undefined) return null;
  const token = BEARER.exec(headers.authorization)?.[1];
  if (!token)
    throw new Unauthenticated('access.token-invalid', 'Authorization has to be Bearer and an access token');
  return token;
}
