import type { TeacherAccount } from './accounts.js';
import type { Region, RegionClass } from './region.js';

/** What somebody does at a moment of the day. */
export type Deed =
  | { kind: 'refresh' | 'sign-in'; account: TeacherAccount }
  | {
      kind: 'page' | 'entries' | 'description';
      one: RegionClass;
      group: number;
      daysAgo: number;
      seed: number;
    }
  | { kind: 'week' | 'marks'; one: RegionClass; pupil: number };

export type Kind = Deed['kind'];

/** @property at milliseconds since the beginning of the day */
export type Planned = Deed & { at: number };

const [DAY_BEGINS, DAY_ENDS] = [7.5, 22];

/**
 * Who does what, in shares: no measured region, but an assumption to be read and changed.
 * - Half of the teachers have the first lesson of the day and open their browsers from 07:50 to 08:10; the others come in the hour before
 *   theirs. A hash takes its time however fast the day goes by: of the sign-ins with a password as many come in a minute as on a
 *   real morning; the other browsers have a session.
 * - Of each lesson the teacher opens the page, enters an absence and some marks in one command, writes topic and homework in
 *   another. Seven of ten do so during the lesson, two after lessons, one in the evening.
 * - A tenth of the families looks into the diary before school, two fifths do in the evening, and a fifth of those also at all marks.
 */
const SHARES = {
  signIns: 0.025,
  during: 0.7,
  afternoon: 0.9,
  familiesInTheMorning: 0.1,
  familiesInTheEvening: 0.4,
  looksAtMarks: 0.2,
};

/**
 * The deeds of a day in their order.
 * @param lasts milliseconds the day is pressed into
 * @param isQuarterEnd in the evening every teacher also fills half of yesterday's journals, and twice as many families look
 */
export function planOf(
  region: Region,
  accounts: readonly TeacherAccount[],
  lasts: number,
  isQuarterEnd: boolean,
): Planned[] {
  const random = numbersFrom(20_261_122);
  const planned: Planned[] = [];
  const between = (from: number, to: number): number =>
    ((from + random() * (to - from) - DAY_BEGINS) / (DAY_ENDS - DAY_BEGINS)) * lasts;
  const plan = (from: number, to: number, deed: Deed): void =>
    void planned.push({ ...deed, at: between(from, to) });

  for (const account of accounts) {
    const kind = random() < SHARES.signIns ? 'sign-in' : 'refresh';
    const begins = 8.5 + account.firstLesson;
    if (account.firstLesson === 0) plan(begins - 2 / 3, begins - 1 / 3, { kind, account });
    else plan(begins - 1, begins - 0.1, { kind, account });
  }
  const writeUp = (from: number, to: number, one: RegionClass, group: number, daysAgo: number): void => {
    const begin = between(from, to);
    const seed = Math.floor(random() * 1e9);
    const minute = lasts / (DAY_ENDS - DAY_BEGINS) / 60;
    for (const [i, kind] of (['page', 'entries', 'description'] as const).entries())
      planned.push({ kind, one, group, daysAgo, seed, at: begin + i * 2 * minute });
  };
  for (const one of region.classes) {
    for (let group = 0; group < one.groups.length; group += 1) {
      const when = random();
      if (when < SHARES.during) writeUp(8.5 + group, 9.2 + group, one, group, 0);
      else if (when < SHARES.afternoon) writeUp(14.5, 17.5, one, group, 0);
      else writeUp(18, 21.5, one, group, 0);
      if (isQuarterEnd && group % 2 === 0) writeUp(18, 21.5, one, group, 1);
    }
    for (let pupil = 0; pupil < one.pupils.length; pupil += 1) {
      if (random() < SHARES.familiesInTheMorning) plan(7.5, 8.5, { kind: 'week', one, pupil });
      if (random() >= SHARES.familiesInTheEvening * (isQuarterEnd ? 2 : 1)) continue;
      plan(18, 22, { kind: 'week', one, pupil });
      if (random() < SHARES.looksAtMarks) plan(18, 22, { kind: 'marks', one, pupil });
    }
  }
  return planned.sort((a, b) => a.at - b.at);
}

/** The same numbers in every run (mulberry32), from 0 to less than 1. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
