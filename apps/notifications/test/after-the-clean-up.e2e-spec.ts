import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Nightly } from '../src/retention/nightly.js';
import { choice, Family, until } from './family.js';
import { NOON, NotificationsUnderTest } from './notifications-under-test.js';

const noon = new Date(NOON);
const HOUR_MS = 3_600_000;

describe('after the clean-up', () => {
  let started: NotificationsUnderTest;
  let { clock, bench } = {} as NotificationsUnderTest;
  let family: Family;

  beforeAll(async () => {
    started = await NotificationsUnderTest.start();
    ({ clock, bench } = started);
  }, 60_000);
  afterAll(() => started?.stop());
  beforeEach(async () => {
    clock.set(NOON);
    family = await Family.join(bench, started.inbox);
    await family.open('sms');
  });

  const heard = (count: number): Promise<boolean> =>
    until(`${count} by SMS`, () => family.notices('sms').length === count);
  const count = async (table: string): Promise<number> =>
    (
      await bench.admin.query(`select count(*)::int as n from ${table} where school_id = $1`, [
        family.schoolId,
      ])
    ).rows[0].n as number;
  /** Noon so many days later, with a night's clean-up before it. */
  const daysLater = async (days: number): Promise<void> => {
    const at = new Date(noon.getTime() + days * 24 * HOUR_MS);
    clock.set(new Date(at.getTime() - 8.5 * HOUR_MS)); // 03:30 in Yekaterinburg
    await bench.service.get(Nightly).look();
    clock.set(at);
  };
  /** Says something that is told, to know that what was said before it was not. */
  const tellAnother = (): Promise<string> => family.mark({ value: '3' }, 1, clock.now());

  it('a stream that is read again tells nobody anything twice', async () => {
    await family.choose(choice('mark', { sms: 'immediate' }), choice('homework', { sms: 'immediate' }));
    const markId = await family.mark({ value: '4' }, 1, noon);
    await family.mark({ markId, value: '5', previousValue: '4' }, 2, noon);
    await family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
    await until('all is told', () => /5.*§ 5|§ 5.*5/s.test(family.notices('sms').join()));
    const told = family.notices('sms').length;
    for (const days of [8, 402]) {
      await daysLater(days);
      // The mark is forgotten first, the lesson with the log.
      expect(await count('known_versions')).toBe(days === 8 ? 1 : 0);
      await family.mark({ markId, value: '4' }, 1, noon);
      await family.mark({ markId, value: '5', previousValue: '4' }, 2, noon);
      await family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
      await tellAnother();
      await heard(told + (days === 8 ? 1 : 2));
      expect(family.notices('sms')[0]).toContain('отметка 3');
    }
    expect(await count('messages')).toBe(2);
  });

  it('a correction still names the value that the family was told, as long as there is the log', async () => {
    await family.choose(choice('mark', { sms: 'immediate' }));
    const markId = await family.mark({ value: '4' }, 1, noon);
    await heard(1);
    await daysLater(100);
    const { rows } = await bench.admin.query('select text from messages where school_id = $1', [
      family.schoolId,
    ]);
    expect(rows.filter((row) => row.text !== null)).toEqual([]);
    await family.mark({ markId, value: '5', previousValue: '4' }, 2, clock.now());
    await heard(2);
    expect(family.notices('sms')[0]).toContain('исправлена: 4 → 5');
  });

  it('another topic of a lesson long past is no new homework', async () => {
    await family.choose(choice('homework', { sms: 'immediate' }), choice('mark', { sms: 'immediate' }));
    await family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
    await heard(1);
    await daysLater(100);
    await family.homework({ text: '§ 5' }, 2, 'Обыкновенные дроби', clock.now());
    await daysLater(600);
    expect(await count('known_versions')).toBe(0);
    await family.homework({ text: '§ 5' }, 3, 'Десятичные дроби', clock.now());
    await tellAnother();
    await heard(2);
    expect(family.notices('sms')[0]).toContain('отметка 3');
  });
});
