import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { guardianActorOf, type Tokens } from '../people.js';
import { Actor } from '@parta/platform-rpc';
import { timesOf, type Times } from '../percentile.js';
import { idOf } from '../district.js';
import { numbersFrom, type Deed, type Kind, type Planned } from './plan.js';
import { dayOf, regionLesson, type Region, type RegionClass } from './region.js';

/** What a browser does with a request that was not answered, or answered 503: once more, with the same key. */
const TRIES = 6;
const PAUSE_MS = 1000;
/**
 * More than so many requests under way, and the next ones wait; their time runs from when they were due all the same. Each has a
 * connection, as every family has its own: none waits behind another's.
 */
const MOST_UNDER_WAY = 4000;
const TIMEOUT_MS = 30_000;
const SECOND_MS = 1000;

export interface Day {
  times: Map<Kind, Times>;
  /** answers that were none, or not a success, by what was said; each try counts */
  failures: Map<string, number>;
  /** entries and lessons whose saving was acknowledged */
  acknowledged: { marks: number; absences: number; descriptions: number };
  /** how late the generator itself was at most, in milliseconds */
  lateness: number;
}

/** Plays the deeds of a day at their moments. */
export class Players {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MOST_UNDER_WAY });
  private readonly took = new Map<Kind, number[]>();
  private readonly failures = new Map<string, number>();
  private readonly acknowledged = { marks: 0, absences: 0, descriptions: 0 };

  constructor(
    private readonly url: string,
    private readonly region: Region,
    private readonly tokens: Tokens,
  ) {}

  async play(plan: readonly Planned[], said: (share: number, failures: number) => void): Promise<Day> {
    const startedAt = performance.now();
    const underWay = new Set<Promise<void>>();
    // Not a race of all that are under way: each would keep every race it ever was in.
    let oneEnded = (): void => undefined;
    let lateness = 0;
    let saidAt = 0;
    for (const [i, deed] of plan.entries()) {
      const due = startedAt + deed.at;
      const early = due - performance.now();
      // Timers are no finer than this; what is due in a moment is done now.
      if (early > 2) await delay(early);
      while (underWay.size >= MOST_UNDER_WAY) await new Promise<void>((resolve) => (oneEnded = resolve));
      lateness = Math.max(lateness, performance.now() - due);
      const done: Promise<void> = this.do(deed, due).finally(() => {
        underWay.delete(done);
        oneEnded();
      });
      underWay.add(done);
      if (performance.now() - saidAt > 60 * SECOND_MS) {
        saidAt = performance.now();
        said(
          i / plan.length,
          [...this.failures.values()].reduce((sum, one) => sum + one, 0),
        );
      }
    }
    await Promise.all(underWay);
    this.agent.destroy();
    return {
      times: new Map([...this.took].map(([kind, times]) => [kind, timesOf(times)])),
      failures: this.failures,
      acknowledged: this.acknowledged,
      lateness,
    };
  }

  private async do(deed: Deed, due: number): Promise<void> {
    try {
      await this.act(deed);
    } catch {
      // It is counted among the failures, each try of it.
      return;
    }
    const times = this.took.get(deed.kind) ?? [];
    this.took.set(deed.kind, times);
    times.push(performance.now() - due);
  }

  private async act(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'refresh':
        await this.send(deed.kind, 'POST', '/api/v1/session/refresh', {
          cookie: `parta_refresh=${deed.account.refreshToken}`,
        });
        return;
      case 'sign-in': {
        const { login, password } = deed.account;
        await this.send(deed.kind, 'POST', '/api/v1/session', {}, { login, password });
        return;
      }
      case 'week':
      case 'marks': {
        const { one, pupil } = deed;
        const studentId = one.pupils[pupil]!;
        const token = await this.tokens.of(guardianActorOf(one.schoolId, studentId));
        const path =
          deed.kind === 'marks' ? 'marks' : `days?from=${dayOf(this.region, 5)}&to=${dayOf(this.region, 0)}`;
        await this.send(deed.kind, 'GET', `/api/v1/diary/${studentId}/${path}`, bearer(token));
        return;
      }
      default:
        await this.teach(deed);
    }
  }

  private async teach({
    kind,
    one,
    group: at,
    daysAgo,
    seed,
  }: Extract<Deed, { group: number }>): Promise<void> {
    const group = one.groups[at]!;
    const lessonId = regionLesson(group.id, daysAgo);
    const token = bearer(await this.tokens.of(teacherActorOf(one.schoolId, group.teacherId)));
    if (kind === 'page') {
      const range = `from=${dayOf(this.region, 30)}&to=${dayOf(this.region, 0)}`;
      await this.send(kind, 'GET', `/api/v1/journal/journals/${group.id}/page?${range}`, token);
      return;
    }
    if (kind === 'description') {
      await this.send(kind, 'PUT', `/api/v1/journal/lessons/${lessonId}`, token, {
        version: daysAgo ? 1 : 0,
        topic: `Тема урока ${seed % 1000}`,
        homework: {
          text: `§ ${seed % 50}, упражнения 1–4`,
          individual: [],
          noHomework: false,
          dueDate: null,
        },
      });
      this.acknowledged.descriptions += 1;
      return;
    }
    const entries = entriesOf(one, at, daysAgo, seed);
    await this.send(kind, 'POST', `/api/v1/journal/lessons/${lessonId}/entries`, token, { entries });
    for (const entry of entries) this.acknowledged[entry.kind === 'mark' ? 'marks' : 'absences'] += 1;
  }

  private async send(
    kind: Kind,
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<void> {
    const key = randomUUID();
    for (let turn = 1; ; turn += 1) {
      try {
        return await this.sendOnce(method, path, { ...headers, 'idempotency-key': key }, body);
      } catch (error) {
        const { message } = error as Error;
        const what = `${kind}: ${message.slice(0, 200)}`;
        this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
        if (turn === TRIES || /^4\d\d /.test(message)) throw error;
        await delay(PAUSE_MS);
      }
    }
  }

  private sendOnce(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<void> {
    const text = body && JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.url}${path}`,
        {
          method,
          agent: this.agent,
          timeout: TIMEOUT_MS,
          headers: {
            ...headers,
            ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          let said = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            answer.statusCode! < 300
              ? resolve()
              : reject(new Error(`${answer.statusCode} ${/"code":"([^"]+)"/.exec(said)?.[1] ?? said}`)),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')));
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

const teacherActorOf = (schoolId: string, personId: string): Actor =>
  new Actor(
    'account',
    idOf(personId, 'account'),
    'Учитель',
    idOf(personId, 'session'),
    [{ role: 'teacher', schoolId, personId }],
    [],
  );

type Entry =
  | { kind: 'mark'; studentId: string; cellVersion: 0; value: string }
  | { kind: 'attendance'; studentId: string; cellVersion: 0; code: string };

/** One or two who are away, and three to eight marks; of pupils who had nothing in the lesson. */
function entriesOf(one: RegionClass, group: number, daysAgo: number, seed: number): Entry[] {
  const random = numbersFrom(seed);
  const free = one.pupils.filter((_, at) => daysAgo === 0 || (at + daysAgo) % one.groups.length !== group);
  const first = Math.floor(random() * free.length);
  const pupil = (at: number): string => free[(first + at) % free.length]!;
  const away = 1 + Math.floor(random() * 2);
  const marks = 3 + Math.floor(random() * 6);
  return Array.from({ length: away + marks }, (_, at): Entry =>
    at < away
      ? { kind: 'attendance', studentId: pupil(at), cellVersion: 0, code: 'ILL' }
      : { kind: 'mark', studentId: pupil(at), cellVersion: 0, value: String(2 + Math.floor(random() * 4)) },
  );
}
