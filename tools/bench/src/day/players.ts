import { setTimeout as delay } from 'node:timers/promises';
import { chance } from '@parta/standalone/chance';
import { timesOf, type Times } from '../percentile.js';
import type { Account, Accounts } from './accounts.js';
import { Browser } from './browser.js';
import type { Deed, Planned } from './plan.js';
import { dayOf, regionLesson, type Region, type RegionClass } from './region.js';
import { Sender } from './sender.js';

/**
 * More than so many deeds under way, and the next ones wait; their time runs from when they were due all the same. Each has a
 * connection, as every family has its own: none waits behind another's.
 */
const MOST_UNDER_WAY = 4000;
const SAID_EVERY_MS = 60_000;

/** What is timed. */
export type Kind =
  | 'refresh'
  | 'sign-in'
  | 'page'
  | 'entries'
  | 'description'
  | 'family-refresh'
  | 'family-sign-in'
  | 'week'
  | 'marks';

export interface Day {
  times: Map<Kind, Times>;
  /** answers that were none, or not a success, by what was said; each try counts */
  failures: ReadonlyMap<string, number>;
  /** entries and lessons whose saving was acknowledged */
  acknowledged: { marks: number; absences: number; descriptions: number };
  /** how late the generator itself was at most, in milliseconds */
  lateness: number;
}

type DeedOf<K extends Deed['kind']> = Extract<Deed, { kind: K }>;

/** Plays the deeds of a day at their moments. */
export class Players {
  private readonly sender: Sender;
  private readonly browsers = new Map<Account, Browser>();
  private readonly took = new Map<Kind, number[]>();
  private readonly acknowledged = { marks: 0, absences: 0, descriptions: 0 };

  constructor(
    url: string,
    private readonly region: Region,
    private readonly accounts: Accounts,
    private readonly mostUnderWay = MOST_UNDER_WAY,
  ) {
    this.sender = new Sender(url, mostUnderWay);
  }

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
      while (underWay.size >= this.mostUnderWay) await new Promise<void>((resolve) => (oneEnded = resolve));
      lateness = Math.max(lateness, performance.now() - due);
      const done: Promise<void> = this.act(deed, due)
        // It is counted among the failures, each try of it.
        .catch(() => undefined)
        .finally(() => {
          underWay.delete(done);
          oneEnded();
        });
      underWay.add(done);
      if (performance.now() - saidAt > SAID_EVERY_MS) {
        saidAt = performance.now();
        said(
          i / plan.length,
          [...this.sender.failures.values()].reduce((sum, one) => sum + one, 0),
        );
      }
    }
    await Promise.all(underWay);
    await this.sender.close();
    return {
      times: new Map([...this.took].map(([kind, times]) => [kind, timesOf(times)])),
      failures: this.sender.failures,
      acknowledged: this.acknowledged,
      lateness,
    };
  }

  private act(deed: Deed, due: number): Promise<void> {
    switch (deed.kind) {
      case 'arrival':
        return this.timed(deed.withPassword ? 'sign-in' : 'refresh', due, () =>
          this.browserOf(deed.account, 'staff').open(deed.withPassword),
        );
      case 'visit':
        return this.visit(deed, due);
      default:
        return this.timed(deed.kind, due, () => this.teach(deed));
    }
  }

  /** What fails has no time. */
  private async timed(kind: Kind, from: number, work: () => Promise<void>): Promise<void> {
    await work();
    const times = this.took.get(kind) ?? [];
    this.took.set(kind, times);
    times.push(performance.now() - from);
  }

  private browserOf(account: Account, who: string): Browser {
    const known = this.browsers.get(account) ?? new Browser(this.sender, account, who);
    this.browsers.set(account, known);
    return known;
  }

  /** Each thing the family looks at is asked for when the one before it is there. */
  private async visit(
    { one, pupil, withPassword, looksAtMarks }: DeedOf<'visit'>,
    due: number,
  ): Promise<void> {
    const studentId = one.pupils[pupil]!;
    const browser = this.browserOf(this.accounts.families.get(studentId)!, 'family');
    await this.timed(withPassword ? 'family-sign-in' : 'family-refresh', due, () =>
      browser.open(withPassword),
    );
    const read = (kind: 'week' | 'marks', path: string): Promise<void> =>
      this.timed(kind, performance.now(), async () => {
        await this.sender.send(
          kind,
          'GET',
          `/api/v1/diary/${studentId}/${path}`,
          await browser.authorization(),
        );
      });
    await read('week', `days?from=${dayOf(this.region, 5)}&to=${dayOf(this.region, 0)}`);
    if (looksAtMarks) await read('marks', 'marks');
  }

  private async teach({
    kind,
    one,
    group: at,
    daysAgo,
    seed,
  }: DeedOf<'page' | 'entries' | 'description'>): Promise<void> {
    const group = one.groups[at]!;
    const lessonId = regionLesson(group.id, daysAgo);
    const token = await this.browserOf(this.accounts.teachers.get(group.teacherId)!, 'staff').authorization();
    if (kind === 'page') {
      const range = `from=${dayOf(this.region, 30)}&to=${dayOf(this.region, 0)}`;
      await this.sender.send(kind, 'GET', `/api/v1/journal/journals/${group.id}/page?${range}`, token);
      return;
    }
    if (kind === 'description') {
      await this.sender.send(kind, 'PUT', `/api/v1/journal/lessons/${lessonId}`, token, {
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
    await this.sender.send(kind, 'POST', `/api/v1/journal/lessons/${lessonId}/entries`, token, { entries });
    for (const entry of entries) this.acknowledged[entry.kind === 'mark' ? 'marks' : 'absences'] += 1;
  }
}

type Entry =
  | { kind: 'mark'; studentId: string; cellVersion: 0; value: string }
  | { kind: 'attendance'; studentId: string; cellVersion: 0; code: string };

/** One or two who are away, and three to eight marks; of pupils who had nothing in the lesson. */
function entriesOf(one: RegionClass, group: number, daysAgo: number, seed: number): Entry[] {
  const random = chance(seed);
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
