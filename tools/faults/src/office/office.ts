import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../eventually.js';
import { OPERATOR, type Platform } from '../platform.js';
import { day, DEPUTY, packageOf } from './office-school.js';

/** Longer than the longest that the gateway waits for a service. */
const HANG_MS = 25_000;
const RETRY_MS = 400;
const ROLES = ['psychologist', 'librarian', 'secretary'] as const;
/** Days that come and go as days off, if they are none anyway. */
const DAYS = Array.from({ length: 20 }, (_, at) => day(new Date(), 60 + at));
/** A session that has been renewed without an answer may be asked with the former token for ten seconds. */
const GRACE_MS = 8000;

/** What the office was told is done. */
export interface OfficeLedger {
  /** the last package that was applied; its names are to be everywhere */
  turn: number;
  daysOff: Map<string, string>;
  roles: Set<string>;
  acknowledged: number;
}

/** Who and where the office's school is, once it is known. */
export interface OfficeSchool {
  schoolId: string;
  deputyId: string;
}

interface Answer<T> {
  status: number;
  code?: string;
  body: T;
  attempts: number;
}

/**
 * A region that sends rosters, a school that sets days off and gives roles, and somebody whose session is renewed: work for contingent,
 * curriculum and identity while teachers enter and families read. Each command goes out until it is answered, with the same key.
 */
export class Office {
  readonly ledger: OfficeLedger = { turn: 0, daysOff: new Map(), roles: new Set(), acknowledged: 0 };
  /** commands that were sent more than once */
  repeated = 0;
  /** sessions that had to be begun anew: the answer to a renewal was lost, and nobody was there for ten seconds */
  signedInAgain = 0;
  school!: OfficeSchool;
  private running: Promise<void>[] = [];
  private isPaused = true;
  private client = { id: '', secret: '' };
  private administrator = '';
  private cookie = '';
  private turn = 0;
  private days: string[] = [];
  private calendarStep = 0;
  private roleStep = 0;

  /** @param violations what must never be answered is added to it */
  constructor(
    private readonly platform: Platform,
    private readonly violations: string[],
  ) {}

  /** Takes the school in, and waits until everyone knows it. */
  async open(): Promise<void> {
    const { platform } = this;
    await this.signIn();
    const operator = await platform.tokenOf([{ role: 'regional-operator', schoolId: null, personId: null }]);
    const { body } = await this.ask<Record<string, string>>('POST', '/api/v1/clients', operator, {
      name: 'Office',
      scopes: ['roster.write', 'roster.read'],
    });
    this.client = { id: body.clientId!, secret: body.clientSecret! };
    await this.sendRoster();
    const [school] = await platform.rows<OfficeSchool>(
      `select school_id as "schoolId", person_id as "deputyId" from contingent.people where family_name = $1`,
      [DEPUTY.familyName],
    );
    if (!school) throw new Error(`the office's school was not taken in: ${this.violations.join('\n')}`);
    this.school = school;
    const { schoolId } = school;
    this.administrator = await platform.tokenOf([
      { role: 'administrator', schoolId, personId: randomUUID() },
    ]);
    await eventually('curriculum to know the year', async () =>
      (await platform.count('curriculum.school_years', `school_id = '${schoolId}'`)) > 0 ? null : 'not yet',
    );
    const holidays = await platform.rows<{ date: string }>(
      `select to_char(date, 'YYYY-MM-DD') as date from curriculum.days_off where school_id = $1`,
      [schoolId],
    );
    this.days = DAYS.filter((date) => !holidays.some((holiday) => holiday.date === date));
    await eventually('identity to know the people', async () =>
      (await platform.count('identity.people', `person_id = '${school.deputyId}'`)) > 0 ? null : 'not yet',
    );
  }

  start(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.running = [
      this.again(200, () => this.sendRoster()),
      this.again(300, () => this.setCalendar()),
      this.again(300, () => this.giveRole()),
      this.again(500, () => this.renewSession()),
    ];
  }

  /** Ends when every command that is under way is answered. */
  async pause(): Promise<void> {
    this.isPaused = true;
    await Promise.all(this.running);
  }

  private async again(pauseMs: number, work: () => Promise<void>): Promise<void> {
    while (!this.isPaused && this.violations.length === 0) {
      await work();
      await delay(pauseMs);
    }
  }

  private async sendRoster(): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    const zip = new Uint8Array(await packageOf(turn));
    const token = await this.tokenOfRegion();
    const sent = await this.ask<{ id: string }>('POST', '/api/exchange/v1/rosters', token, zip);
    if (sent.status !== 202) return this.refuse('a roster', sent);
    for (;;) {
      const job = await this.ask<{ state: string }>('GET', `/api/exchange/v1/rosters/${sent.body.id}`, token);
      if (job.body.state === 'applied') break;
      if (!['queued', 'running'].includes(job.body.state)) return this.refuse('a roster job', job);
      await delay(100);
    }
    this.ledger.turn = turn;
    this.ledger.acknowledged += 1;
  }

  private async tokenOfRegion(): Promise<string> {
    const { body } = await this.ask<Record<string, string>>('POST', '/oauth/token', '', {
      grant_type: 'client_credentials',
      client_id: this.client.id,
      client_secret: this.client.secret,
    });
    return body.access_token ?? '';
  }

  private async setCalendar(): Promise<void> {
    this.calendarStep += 1;
    const date = this.days[this.calendarStep % this.days.length]!;
    const isOff = this.ledger.daysOff.has(date);
    const title = `Актированный день ${this.calendarStep}`;
    const { schoolId } = this.school;
    const answer = await this.ask<unknown>(
      isOff ? 'DELETE' : 'POST',
      isOff
        ? `/api/v1/school-year/days-off?schoolId=${schoolId}&date=${date}`
        : '/api/v1/school-year/days-off',
      this.administrator,
      isOff ? undefined : { schoolId, date, title },
    );
    if (answer.status >= 300) return this.refuse('a day off', answer);
    if (isOff) this.ledger.daysOff.delete(date);
    else this.ledger.daysOff.set(date, title);
    this.ledger.acknowledged += 1;
  }

  /** These commands keep no key: what was done and not answered is refused the second time, by a code of its own. */
  private async giveRole(): Promise<void> {
    this.roleStep += 1;
    const role = ROLES[this.roleStep % ROLES.length]!;
    const { deputyId, schoolId } = this.school;
    const path = `/api/v1/people/${deputyId}/grants`;
    if (!this.ledger.roles.has(role)) {
      const given = await this.ask<unknown>('POST', path, this.administrator, { role, schoolId });
      if (given.status !== 201 && !(given.attempts > 1 && given.code === 'identity.grant-exists'))
        return this.refuse('a role', given);
      this.ledger.roles.add(role);
    } else {
      let grantId: string | undefined;
      await eventually('PostgreSQL', async () => {
        const [grant] = await this.platform.rows<{ id: string }>(
          'select id from identity.grants where school_id = $1 and person_id = $2 and role = $3 and revoked_at is null',
          [schoolId, deputyId, role],
        );
        grantId = grant?.id;
        return null;
      });
      const taken = await this.ask<unknown>('DELETE', `${path}/${grantId}`, this.administrator);
      if (taken.status !== 200 && !(taken.attempts > 1 && taken.code === 'identity.grant-not-found'))
        return this.refuse('the end of a role', taken);
      this.ledger.roles.delete(role);
    }
    this.ledger.acknowledged += 1;
  }

  private async renewSession(): Promise<void> {
    const startedAt = performance.now();
    const answer = await this.ask<unknown>('POST', '/api/v1/session/refresh', '');
    if (answer.status === 200) return;
    if (answer.attempts === 1 || performance.now() - startedAt < GRACE_MS)
      return this.refuse('the renewal of a session', answer);
    this.signedInAgain += 1;
    await this.signIn();
  }

  private async signIn(): Promise<void> {
    const answer = await this.ask<unknown>('POST', '/api/v1/session', '', OPERATOR);
    if (answer.status !== 200) this.refuse('signing in', answer);
  }

  private refuse(what: string, { status, code, body }: Answer<unknown>): void {
    this.violations.push(`${what} was answered ${status} ${code ?? JSON.stringify(body)}`);
  }

  /** Sends until somebody answers with something else than that it is not possible just now. */
  private async ask<T>(
    method: string,
    path: string,
    token: string,
    body?: object | Uint8Array<ArrayBuffer>,
  ): Promise<Answer<T>> {
    const isZip = body instanceof Uint8Array;
    const key = randomUUID();
    for (let attempts = 1; ; attempts += 1) {
      if (attempts === 2 && method !== 'GET') this.repeated += 1;
      try {
        const response = await fetch(`${this.platform.door}${path}`, {
          method,
          body: isZip ? body : body && JSON.stringify(body),
          headers: {
            'idempotency-key': key,
            ...(body && { 'content-type': isZip ? 'application/zip' : 'application/json' }),
            ...(token && { authorization: `Bearer ${token}` }),
            ...(path.startsWith('/api/v1/session') && {
              cookie: this.cookie,
              'sec-fetch-site': 'same-origin',
            }),
          },
          signal: AbortSignal.timeout(HANG_MS),
        });
        const text = await response.text();
        const parsed = (text ? JSON.parse(text) : {}) as T & { code?: string };
        if (response.status !== 503) {
          const cookie = response.headers.getSetCookie()[0];
          if (cookie) this.cookie = cookie.split(';')[0]!;
          return { status: response.status, code: parsed.code, body: parsed, attempts };
        }
        if (!parsed.code) this.violations.push(`${path} was answered 503 without a code`);
      } catch (error) {
        if ((error as Error).name === 'TimeoutError')
          this.violations.push(`${path} was not answered in ${HANG_MS / 1000} s`);
      }
      if (this.violations.length > 0)
        return { status: 0, body: {} as T, attempts, code: 'given up: something else has failed' };
      await delay(RETRY_MS);
    }
  }
}
