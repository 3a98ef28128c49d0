import { chance } from '@parta/standalone/chance';
import type { TeacherAccount } from './accounts.js';
import type { Region, RegionClass } from './region.js';

/** What somebody does at a moment of the day. */
export type Deed =
  | { kind: 'arrival'; account: TeacherAccount; withPassword: boolean }
  | {
      kind: 'page' | 'entries' | 'description';
      one: RegionClass;
      group: number;
      daysAgo: number;
      seed: number;
    }
  | { kind: 'visit'; one: RegionClass; pupil: number; withPassword: boolean; looksAtMarks: boolean };

/** @property at milliseconds since the beginning of the day */
export type Planned = Deed & { at: number };

/** Hours of the clock. */
export const [DAY_BEGINS, DAY_ENDS] = [7.5, 22];
/** The first lesson begins at half past eight, each next one an hour later; a lesson lasts 45 minutes. */
export const beginOf = (lesson: number): number => 8.5 + lesson;

/**
 * Who does what, in shares: no measured region, but an assumption to be read and changed.
 * - Half of the teachers have the first lesson of the day and open their browsers from 07:50 to 08:10; the others come in the hour before
 *   theirs.
 * - Of each lesson the teacher opens the page, enters an absence and some marks in one command, writes topic and homework in
 *   another. Seven of ten do so during the lesson, two after lessons, one in the evening.
 * - A tenth of the families looks into the diary before school, two fifths do in the evening, and a fifth of these also at all marks.
 *   Whoever comes opens the page anew: the session is refreshed, then the week is asked for.
 * - Passwords. The other browsers have a session. A hash takes its time however fast the day goes by, so these shares are chosen by
 *   what comes in a minute of the clock on the wall: the day pressed 43 times into 20 minutes, a fortieth of the families
 *   are as many hashes as all of them would be on a real day, and a tenth of the teachers four times as many, as if all who
 *   have the first lesson typed their passwords within five minutes.
 */
export const SHARES = {
  teachersWithPassword: 0.1,
  familiesWithPassword: 0.025,
  during: 0.7,
  afternoon: 0.2,
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
  teachers: Iterable<TeacherAccount>,
  lasts: number,
  isQuarterEnd: boolean,
): Planned[] {
  const random = chance(20_261_122);
  const planned: Planned[] = [];
  const between = (from: number, to: number): number =>
    ((from + random() * (to - from) - DAY_BEGINS) / (DAY_ENDS - DAY_BEGINS)) * lasts;
  const plan = (from: number, to: number, deed: Deed): void =>
    void planned.push({ ...deed, at: between(from, to) });

  for (const account of teachers) {
    const withPassword = random() < SHARES.teachersWithPassword;
    const begins = beginOf(account.firstLesson);
    if (account.firstLesson === 0)
      plan(begins - 2 / 3, begins - 1 / 3, { kind: 'arrival', account, withPassword });
    else plan(begins - 1, begins - 0.1, { kind: 'arrival', account, withPassword });
  }
  const writeUp = (from: number, to: number, one: RegionClass, group: number, daysAgo: number): void => {
    const begin = between(from, to);
    const seed = Math.floor(random() * 1e9);
    const minute = lasts / (DAY_ENDS - DAY_BEGINS) / 60;
    for (const [i, kind] of (['page', 'entries', 'description'] as const).entries())
      planned.push({ kind, one, group, daysAgo, seed, at: begin + i * 2 * minute });
  };
  const visit = (from: number, to: number, one: RegionClass, pupil: number, looksAtMarks: boolean): void =>
    plan(from, to, {
      kind: 'visit',
      one,
      pupil,
      looksAtMarks,
      withPassword: random() < SHARES.familiesWithPassword,
    });
  for (const one of region.classes) {
    for (let group = 0; group < one.groups.length; group += 1) {
      const when = random();
      if (when < SHARES.during) writeUp(beginOf(group), beginOf(group) + 0.7, one, group, 0);
      else if (when < SHARES.during + SHARES.afternoon) writeUp(14.5, 17.5, one, group, 0);
      else writeUp(18, 21.5, one, group, 0);
      if (isQuarterEnd && group % 2 === 0) writeUp(18, 21.5, one, group, 1);
    }
    for (let pupil = 0; pupil < one.pupils.length; pupil += 1) {
      if (random() < SHARES.familiesInTheMorning) visit(7.5, 8.5, one, pupil, false);
      if (random() < SHARES.familiesInTheEvening * (isQuarterEnd ? 2 : 1))
        visit(18, 22, one, pupil, random() < SHARES.looksAtMarks);
    }
  }
  return planned.sort((a, b) => a.at - b.at);
}
