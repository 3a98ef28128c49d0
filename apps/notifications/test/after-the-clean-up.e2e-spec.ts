import { beforeEach, describe, expect, it } from '@jest/globals';
import { Nightly } from '../src/retention/nightly.js';
import { choice } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const noon = new Date(NOON);
const HOUR_MS = 3_600_000;

describe('after the clean-up', () => {
  const scene = Scene.forEachTest();
  beforeEach(() => scene.family.open('sms'));

  const heard = (count: number): Promise<boolean> =>
    until(`${count} by SMS`, () => scene.family.notices('sms').length === count);
  const count = async (table: string): Promise<number> =>
    (
      await scene.bench.admin.query(`select count(*)::int as n from ${table} where school_id = $1`, [
        scene.family.schoolId,
      ])
    ).rows[0].n as number;
  /** Noon so many days later, with a night's clean-up before it. */
  const daysLater = async (days: number): Promise<void> => {
    const at = new Date(noon.getTime() + days * 24 * HOUR_MS);
    scene.clock.set(new Date(at.getTime() - 8.5 * HOUR_MS)); // 03:30 in Yekaterinburg
    await scene.bench.service.get(Nightly).look();
    scene.clock.set(at);
  };
  /** Says something that is told, to know that what was said before it was not. */
  const tellAnother = (): Promise<string> => scene.family.mark({ value: '3' }, 1, scene.clock.now());

  it('a stream that is read again tells nobody anything twice', async () => {
    await scene.family.choose(choice('mark', { sms: 'immediate' }), choice('homework', { sms: 'immediate' }));
    const markId = await scene.family.mark({ value: '4' }, 1, noon);
    await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2, noon);
    await scene.family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
    await until('all is told', () => /5.*§ 5|§ 5.*5/s.test(scene.family.notices('sms').join()));
    const told = scene.family.notices('sms').length;
    for (const days of [8, 402]) {
      await daysLater(days);
      // The mark is forgotten first, the lesson with the log.
      expect(await count('known_versions')).toBe(days === 8 ? 1 : 0);
      await scene.family.mark({ markId, value: '4' }, 1, noon);
      await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2, noon);
      await scene.family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
      await tellAnother();
      await heard(told + (days === 8 ? 1 : 2));
      expect(scene.family.notices('sms')[0]).toContain('отметка 3');
    }
    expect(await count('messages')).toBe(2);
  });

  it('a correction still names the value that the family was told, as long as there is the log', async () => {
    await scene.family.choose(choice('mark', { sms: 'immediate' }));
    const markId = await scene.family.mark({ value: '4' }, 1, noon);
    await heard(1);
    await daysLater(100);
    const { rows } = await scene.bench.admin.query('select text from messages where school_id = $1', [
      scene.family.schoolId,
    ]);
    expect(rows.filter((row) => row.text !== null)).toEqual([]);
    await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2, scene.clock.now());
    await heard(2);
    expect(scene.family.notices('sms')[0]).toContain('исправлена: 4 → 5');
  });

  it('another topic of a lesson long past is no new homework', async () => {
    await scene.family.choose(choice('homework', { sms: 'immediate' }), choice('mark', { sms: 'immediate' }));
    await scene.family.homework({ text: '§ 5' }, 1, 'Дроби', noon);
    await heard(1);
    await daysLater(100);
    await scene.family.homework({ text: '§ 5' }, 2, 'Обыкновенные дроби', scene.clock.now());
    await daysLater(600);
    expect(await count('known_versions')).toBe(0);
    await scene.family.homework({ text: '§ 5' }, 3, 'Десятичные дроби', scene.clock.now());
    await tellAnother();
    await heard(2);
    expect(scene.family.notices('sms')[0]).toContain('отметка 3');
  });
});
