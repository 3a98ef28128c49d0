import { describe, expect, it } from '@jest/globals';
import type { TeacherAccount } from './accounts.js';
import { beginOf, DAY_BEGINS, DAY_ENDS, planOf, SHARES, type Deed, type Planned } from './plan.js';
import { makeRegion, REGION } from './region.js';

const SCHOOLS = 20;
const LASTS = 20 * 60_000;
const LESSON_HOURS = 0.75;
const EVENING = [18, 22] as const;

const region = makeRegion(SCHOOLS, new Date('2026-11-22T12:00:00Z'));
const teachers = Array.from({ length: SCHOOLS * REGION.teachersPerSchool }, (_, at): TeacherAccount => ({
  login: `teacher.${at}`,
  password: 'x',
  refreshToken: 'x',
  firstLesson: at % 2 === 0 ? 0 : at % 6,
}));
const [day, quarterEnd] = [false, true].map((isQuarterEnd) =>
  planOf(region, teachers, LASTS, isQuarterEnd),
) as [Planned[], Planned[]];

const pupils = region.classes.length * REGION.pupilsPerClass;
const lessons = region.classes.length * REGION.subjectsPerClass;
/** The hour of the clock at which somebody does something. */
const hourOf = ({ at }: Planned): number => DAY_BEGINS + (at / LASTS) * (DAY_ENDS - DAY_BEGINS);
type DeedOf<K, D = Deed> = D extends Deed ? (K extends D['kind'] ? D : never) : never;
const of = <K extends Deed['kind']>(plan: readonly Planned[], kind: K) =>
  plan.filter((deed): deed is Planned & DeedOf<K> => deed.kind === kind);
const isBetween = (hour: number, from: number, to: number): boolean => hour >= from && hour <= to;

describe('the plan of a day', () => {
  it('is the same each time, in the order of the clock, and within the day', () => {
    expect(planOf(region, teachers, LASTS, false)).toEqual(day);
    for (const plan of [day, quarterEnd]) {
      expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(plan.every((deed) => isBetween(hourOf(deed), DAY_BEGINS, DAY_ENDS))).toBe(true);
    }
  });

  it('has every teacher come once, before the own first lesson', () => {
    const arrivals = of(day, 'arrival');
    expect(new Set(arrivals.map(({ account }) => account))).toEqual(new Set(teachers));
    expect(arrivals).toHaveLength(teachers.length);
    for (const one of arrivals)
      expect(
        isBetween(hourOf(one), beginOf(one.account.firstLesson) - 1, beginOf(one.account.firstLesson)),
      ).toBe(true);
  });

  it('has the storm around eight, before the first lesson', () => {
    const storm = of(day, 'arrival').filter(({ account }) => account.firstLesson === 0);
    expect(storm.length).toBeGreaterThanOrEqual(teachers.length / 2);
    for (const one of storm) expect(isBetween(hourOf(one), 7 + 50 / 60, 8 + 10 / 60)).toBe(true);
  });

  it('writes up every lesson once: page, entries and description, each after the other', () => {
    const keyOf = (deed: { one: { classId: string }; group: number }) => `${deed.one.classId} ${deed.group}`;
    const [pages, entries, descriptions] = (['page', 'entries', 'description'] as const).map(
      (kind) => new Map(of(day, kind).map((deed) => [keyOf(deed), deed.at])),
    ) as [Map<string, number>, Map<string, number>, Map<string, number>];
    for (const kind of ['page', 'entries', 'description'] as const)
      expect(of(day, kind)).toHaveLength(lessons);
    expect(pages.size).toBe(lessons);
    for (const [key, at] of pages) {
      expect(entries.get(key)).toBeGreaterThan(at);
      expect(descriptions.get(key)).toBeGreaterThan(entries.get(key)!);
    }
  });

  it('enters nothing outside of the timetable: in the lesson, after lessons or in the evening', () => {
    for (const plan of [day, quarterEnd])
      for (const deed of of(plan, 'entries')) {
        const hour = hourOf(deed);
        const isInLesson =
          deed.daysAgo === 0 && isBetween(hour, beginOf(deed.group), beginOf(deed.group) + LESSON_HOURS);
        expect(isInLesson || isBetween(hour, 14.5, 17.6) || isBetween(hour, ...EVENING)).toBe(true);
      }
  });

  it('keeps to its shares, which add up', () => {
    expect(SHARES.during + SHARES.afternoon).toBeLessThan(1);
    for (const share of Object.values(SHARES)) expect(isBetween(share, 0, 1)).toBe(true);
    const visits = of(day, 'visit');
    const [morning, evening] = [visits.filter((v) => hourOf(v) < 12), visits.filter((v) => hourOf(v) > 12)];
    const entries = of(day, 'entries');
    const found = {
      teachersWithPassword: of(day, 'arrival').filter((a) => a.withPassword).length / teachers.length,
      familiesWithPassword: visits.filter((v) => v.withPassword).length / visits.length,
      during: entries.filter((e) => hourOf(e) < beginOf(e.group) + LESSON_HOURS).length / lessons,
      afternoon: entries.filter((e) => isBetween(hourOf(e), 14.5, 17.6)).length / lessons,
      familiesInTheMorning: morning.length / pupils,
      familiesInTheEvening: evening.length / pupils,
      looksAtMarks: evening.filter((v) => v.looksAtMarks).length / evening.length,
    };
    for (const [name, share] of Object.entries(SHARES))
      expect({ [name]: Math.abs(found[name as keyof typeof found] - share) < 0.03 }).toEqual({
        [name]: true,
      });
    expect(morning.some((v) => v.looksAtMarks)).toBe(false);
    expect(morning.every((v) => hourOf(v) < beginOf(0))).toBe(true);
    expect(evening.every((v) => isBetween(hourOf(v), ...EVENING))).toBe(true);
  });

  it('has on the last evening of a quarter twice as many families, and half of yesterday’s lessons', () => {
    const inTheEvening = (plan: Planned[]) => of(plan, 'visit').filter((v) => hourOf(v) > 12).length;
    expect(inTheEvening(quarterEnd) / inTheEvening(day)).toBeCloseTo(2, 0);
    const late = of(quarterEnd, 'entries').filter(({ daysAgo }) => daysAgo === 1);
    expect(late).toHaveLength(lessons / 2);
    expect(late.every((deed) => isBetween(hourOf(deed), ...EVENING))).toBe(true);
  });
});
