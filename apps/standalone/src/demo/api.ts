import { setTimeout as delay } from 'node:timers/promises';

/** A machine that has just started everything may be slow to answer at first. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 1000;

/** The HTTP API as the demo's region, administrators and teachers use it; nothing is loaded past it. */
export class Api {
  private token: string | null = null;

  constructor(readonly url: string) {}

  async signIn(login: string, password: string): Promise<{ mustChangePassword: boolean }> {
    const session = await this.send<{ accessToken: string; mustChangePassword: boolean }>(
      'POST',
      '/api/v1/session',
      { login, password },
    );
    this.token = session.accessToken;
    return session;
  }

  async signInAsClient(clientId: string, clientSecret: string): Promise<void> {
    const answer = await this.send<{ access_token: string }>('POST', '/oauth/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    this.token = answer.access_token;
  }

  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    const session = await this.send<{ accessToken: string }>('POST', '/api/v1/me/password', {
      currentPassword,
      newPassword,
    });
    this.token = session.accessToken;
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, body);
  }

  upload<T>(path: string, type: string, body: Uint8Array): Promise<T> {
    return this.request<T>('POST', path, { 'content-type': type }, body);
  }

  private send<T>(method: string, path: string, body?: unknown): Promise<T> {
    return body === undefined
      ? this.request<T>(method, path, {})
      : this.request<T>(method, path, { 'content-type': 'application/json' }, JSON.stringify(body));
  }

  private async request<T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array,
  ): Promise<T> {
    const init = {
      method,
      headers: {
        ...headers,
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(method !== 'GET' && { 'idempotency-key': crypto.randomUUID() }),
      },
      body: body as RequestInit['body'],
    };
    const giveUpAt = performance.now() + PATIENCE_MS;
    let response = await fetch(`${this.url}${path}`, init);
    while (response.status === 503 && performance.now() < giveUpAt) {
      await response.body?.cancel();
      await delay(RETRY_MS);
      response = await fetch(`${this.url}${path}`, init);
    }
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }
}
