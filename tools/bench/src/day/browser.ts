import type { Account } from './accounts.js';
import { Refusal, type Answer, type Sender } from './sender.js';

const COOKIE = 'parta_refresh';
/** As the web application does (RENEW_BEFORE_MS in session.ts). */
const RENEW_BEFORE_MS = 15_000;

/** Somebody's browser: it keeps the refresh cookie, and the access token only as long as the page is open. */
export class Browser {
  private token: { value: string; expiresAt: number } | undefined;
  private opening: Promise<void> | undefined;

  /** @param who what its refreshes are counted as */
  constructor(
    private readonly sender: Sender,
    private readonly account: Account,
    private readonly who: string,
  ) {}

  /** Opens the page, with the session that there is or with the password. */
  open(withPassword: boolean): Promise<void> {
    this.token = undefined;
    return this.inOne(() => (withPassword ? this.signIn() : this.refresh()));
  }

  /** The header of a request, with a token that lasts for it. */
  async authorization(): Promise<{ authorization: string }> {
    await this.opening?.catch(() => undefined);
    if (!this.token || this.token.expiresAt < performance.now() + RENEW_BEFORE_MS)
      await this.inOne(() => this.refresh());
    return { authorization: `Bearer ${this.token!.value}` };
  }

  /** A refresh token is good for one use: whoever comes meanwhile waits for the same answer. */
  private inOne(work: () => Promise<void>): Promise<void> {
    this.opening ??= work().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async refresh(): Promise<void> {
    const cookie = `${COOKIE}=${this.account.refreshToken}`;
    try {
      this.take(await this.sender.send(`${this.who} refresh`, 'POST', '/api/v1/session/refresh', { cookie }));
    } catch (error) {
      // The session is over: the page asks for the password.
      if (error instanceof Refusal && error.status === 401) await this.signIn();
      else throw error;
    }
  }

  private async signIn(): Promise<void> {
    const { login, password } = this.account;
    this.take(
      await this.sender.send(`${this.who} sign-in`, 'POST', '/api/v1/session', {}, { login, password }),
    );
  }

  private take({ text, cookies }: Answer): void {
    const { accessToken, expiresIn } = JSON.parse(text) as { accessToken: string; expiresIn: number };
    this.token = { value: accessToken, expiresAt: performance.now() + expiresIn * 1000 };
    const cookie = cookies.find((one) => one.startsWith(`${COOKIE}=`));
    if (!cookie) throw new Error('a session was opened without its cookie');
    this.account.refreshToken = cookie.slice(COOKIE.length + 1).split(';')[0]!;
  }
}
