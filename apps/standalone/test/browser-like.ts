export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** A client of the HTTP API as a browser or a regional system is one: token in memory, cookie kept. */
export class Client {
  private token: string | null = null;
  cookie: string | null = null;

  constructor(private readonly url: string) {}

  /** As one who has signed in elsewhere. */
  withToken(token: string): this {
    this.token = token;
    return this;
  }

  async signIn(login: string, password: string): Promise<this> {
    const answer = await this.call<{ accessToken: string }>('POST', '/api/v1/session', { login, password });
    if (answer.status !== 200)
      throw new Error(`sign-in of ${login}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.token = answer.body.accessToken;
    return this;
  }

  async clientCredentials(clientId: string, clientSecret: string): Promise<this> {
    const answer = await this.call<{ access_token: string }>('POST', '/oauth/token', {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    if (answer.status !== 200) throw new Error(`token of ${clientId}: ${JSON.stringify(answer.body)}`);
    this.token = answer.body.access_token;
    return this;
  }

  async get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<T> {
    const answer = await this.call<T>('GET', path, undefined, headers);
    if (answer.status !== 200)
      throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && !isFile && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: (isFile || body === undefined ? body : JSON.stringify(body)) as RequestInit['body'],
    });
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith('parta_refresh='));
    if (cookie) this.cookie = cookie.split(';')[0]!;
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : null) as T,
    };
  }

  /** Opens the live updates; `next` answers the next event that is not a heartbeat. */
  async live(): Promise<{ next(): Promise<string>; close(): void }> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}/api/v1/live`, {
      headers: { authorization: `Bearer ${this.token}` },
      signal: abort.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let buffered = '';
    const next = async (): Promise<string> => {
      for (;;) {
        const end = buffered.indexOf('\n\n');
        if (end >= 0) {
          const event = buffered.slice(0, end);
          buffered = buffered.slice(end + 2);
          if (!event.startsWith(':')) return event;
          continue;
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        buffered += value;
      }
    };
    return { next, close: () => abort.abort() };
  }
}
