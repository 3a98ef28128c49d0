import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { moveToSchoolYear, packRoster, readRosterTables, schoolYearOf } from '@parta/standalone/demo';

/** Pushes the demo roster as a region would. @returns seconds until it was applied */
export async function applyDemoRoster(
  url: string,
  operator: { login: string; password: string },
): Promise<number> {
  const call = async <T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<T> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { 'idempotency-key': randomUUID(), ...headers },
      body,
    });
    if (!answer.ok)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const json = { 'content-type': 'application/json' };
  const session = await call<{ accessToken: string }>(
    'POST',
    '/api/v1/session',
    json,
    JSON.stringify(operator),
  );
  const region = await call<{ clientId: string; clientSecret: string }>(
    'POST',
    '/api/v1/clients',
    { ...json, authorization: `Bearer ${session.accessToken}` },
    JSON.stringify({ name: 'Bench', scopes: ['roster.write', 'roster.read'] }),
  );
  const { access_token: token } = await call<{ access_token: string }>(
    'POST',
    '/oauth/token',
    json,
    JSON.stringify({
      grant_type: 'client_credentials',
      client_id: region.clientId,
      client_secret: region.clientSecret,
    }),
  );
  const tables = await readRosterTables(
    fileURLToPath(new URL('../../demo/data/district-oneroster.zip', import.meta.url)),
  );
  moveToSchoolYear(tables, schoolYearOf(new Date()));
  const bytes = await packRoster(tables);
  const startedAt = performance.now();
  const { id } = await call<{ id: string }>(
    'POST',
    '/api/exchange/v1/rosters',
    { 'content-type': 'application/zip', authorization: `Bearer ${token}` },
    new Uint8Array(bytes),
  );
  for (;;) {
    const job = await call<{ state: string; reason: string | null }>(
      'GET',
      `/api/exchange/v1/rosters/${id}`,
      {
        authorization: `Bearer ${token}`,
      },
    );
    if (job.state === 'applied') return (performance.now() - startedAt) / 1000;
    if (!['queued', 'running', 'validated'].includes(job.state))
      throw new Error(`the roster is ${job.state}: ${job.reason}`);
    await delay(100);
  }
}
