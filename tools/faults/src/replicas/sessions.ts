import { setTimeout as delay } from 'node:timers/promises';
import { noAnswers, type Line } from '../load.js';
import type { Door } from './door.js';

const PAUSE_MS = 400;
/** When a page tries again what has not been answered (apps/web/src/api/query-client.ts); a refresh token is good for 10 s more. */
const AGAIN_MS = 1000;
const HANG_MS = 20_000;
/** what heals by itself, as the web application has it; 502 is a proxy's word for a line that broke */
const PASSING = [502, 503, 504];

/** Somebody who is signed in, and whose page gets a new access token again and again. */
class Session {
  accessToken = '';
  private cookie = '';
  private rest = new AbortController();

  constructor(
    private readonly door: Pick<Door, 'fetch'>,
    private readonly sessions: Sessions,
  ) {}

  async signIn(login: string, password: string): Promise<void> {
    const response = await this.door.fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (response.status !== 200)
      throw new Error(`the sign-in was answered ${response.status} ${await response.text()}`);
    await this.take(response);
  }

  async stay(isOver: () => boolean): Promise<void> {
    let isAgain = false;
    // What has not been answered is not left: later it would be taken for the use of a stolen token.
    while (!isOver() || isAgain) {
      const isAnswered = await this.refresh(isAgain);
      isAgain = !isAnswered;
      await delay(isAnswered ? PAUSE_MS : AGAIN_MS, undefined, {
        signal: isAnswered ? this.rest.signal : undefined,
      }).catch(() => undefined);
    }
  }

  hurry(): void {
    const { rest } = this;
    this.rest = new AbortController();
    rest.abort();
  }

  /** @returns whether there was an answer; that the session is not known any more is one as well */
  private async refresh(isAgain: boolean): Promise<boolean> {
    const { refreshes, line } = this.sessions;
    if (isAgain) this.sessions.again += 1;
    const startedAt = performance.now();
    try {
      const response = await this.door.fetch('/api/v1/session/refresh', {
        method: 'POST',
        headers: { cookie: this.cookie },
        signal: AbortSignal.timeout(HANG_MS),
      });
      if (response.status === 200) {
        await this.take(response);
        refreshes.ok += 1;
        return true;
      }
      const text = await response.text();
      refreshes.refused += 1;
      const code = `${/"code":"([^"]+)"/.exec(text)?.[1]}`;
      refreshes.codes[code] = (refreshes.codes[code] ?? 0) + 1;
      if (PASSING.includes(response.status)) return false;
      line.ledger.violations.push(`a session was lost: ${response.status} ${text.slice(0, 300)}`);
      return true;
    } catch {
      refreshes.refused += 1;
      return false;
    } finally {
      refreshes.slowestMs = Math.max(refreshes.slowestMs, performance.now() - startedAt);
    }
  }

  private async take(response: Response): Promise<void> {
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith('parta_refresh='));
    this.cookie = cookie!.split(';')[0]!;
    this.accessToken = ((await response.json()) as { accessToken: string }).accessToken;
  }
}

/**
 * People who are signed in. A refresh is no safe request, no gateway or proxy sends it twice: the page does, with the token it has.
 * Whether the first try was done is not known then, and nobody may be signed out for it.
 */
export class Sessions {
  readonly refreshes = noAnswers();
  /** refreshes that the page had to send again */
  again = 0;
  private readonly sessions: Session[];
  private running: Promise<void>[] = [];
  private isPaused = true;

  constructor(
    count: number,
    door: Pick<Door, 'fetch'>,
    readonly line: Line,
  ) {
    this.sessions = Array.from({ length: count }, () => new Session(door, this));
  }

  async signIn(login: string, password: string): Promise<void> {
    for (const session of this.sessions) await session.signIn(login, password);
  }

  get accessToken(): string {
    return this.sessions[0]!.accessToken;
  }

  start(): void {
    this.isPaused = false;
    this.running = this.sessions.map((session) => session.stay(() => this.isPaused));
  }

  hurry(): void {
    for (const session of this.sessions) session.hurry();
  }

  async pause(): Promise<void> {
    this.isPaused = true;
    this.hurry();
    await Promise.all(this.running);
  }
}
