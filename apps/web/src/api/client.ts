import createClient from 'openapi-fetch';
import { freshToken, passwordMustChange, refreshSession, sessionRefused } from '../session/session';
import { ApiError, hasCode } from './error';
import type { paths } from './generated/schema';
import { randomId } from './random-id';
import { plainFetch } from './transport';

let schoolHeader: string | null = null;

/** The school the person works in now; only somebody of several schools has to say it. */
export function setSchoolHeader(schoolId: string | null): void {
  schoolHeader = schoolId;
}

export function sessionHeaders(token: string | null): Record<string, string> {
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(schoolHeader && { 'Parta-School': schoolHeader }),
  };
}

/** Runs a request with the access token; once more with a new one if the server finds the first expired. */
export async function withSession<T>(send: (headers: Record<string, string>) => Promise<T>): Promise<T> {
  try {
    return await send(sessionHeaders(await freshToken()));
  } catch (error) {
    if (hasCode(error, 'access.token-expired')) {
      await refreshSession();
      return send(sessionHeaders(await freshToken()));
    }
    if (hasCode(error, 'access.password-change-required')) passwordMustChange();
    // A wrong password at «change password» is a 401 as well, and says nothing about the session.
    if (error instanceof ApiError && error.status === 401 && !error.code.startsWith('identity.wrong-')) {
      sessionRefused();
    }
    throw error;
  }
}

async function sessionFetch(request: Request): Promise<Response> {
  if (request.method !== 'GET' && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', randomId());
  }
  return withSession((headers) => {
    const attempt = request.clone();
    for (const [name, value] of Object.entries(headers)) attempt.headers.set(name, value);
    return plainFetch(attempt);
  });
}

export const api = createClient<paths>({ baseUrl: '/', fetch: sessionFetch });
