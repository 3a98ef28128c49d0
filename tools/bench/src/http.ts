import { randomUUID } from 'node:crypto';

export const JSON_BODY = { 'content-type': 'application/json' };

/** One request to the API; anything but success is an error that says what was answered. */
export async function call<T>(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<T> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...(method !== 'GET' && { 'idempotency-key': randomUUID() }), ...headers },
    body,
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
