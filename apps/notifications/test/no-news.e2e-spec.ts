import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { closeContact } from '@parta/contracts-notifications';
import { choice } from './family.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const HOURS = { sms: 'immediate' } as const;

describe('a family is told only what is new to it', () => {
  const scene = Scene.forEachTest();

  /** What has come when something that is news to everybody has come as the last. */
  const untilTheNext = async (): Promise<string[]> => {
    await scene.family.mark({ value: '3', workTypeTitle: 'Последнее' });
    await until('the next is told', () => /последнее/.test(scene.family.notices('sms')[0] ?? ''));
    return scene.family.notices('sms').slice(1);
  };
  const hearsAll = (): Promise<void> =>
    scene.bySms(
      choice('mark', HOURS),
      choice('low-mark', HOURS),
      choice('absence', HOURS),
      choice('homework', HOURS),
    );

  it.each([
    ['a comment', { comment: 'Хорошо' }],
    ['the kind of work', { workTypeTitle: 'Диктант', weight: 2 }],
    ['nothing but the reason of the correction', {}],
  ])('a mark whose change is %s is not told again', async (_what, change) => {
    await hearsAll();
    const markId = await scene.family.mark({ value: '4' });
    await scene.texts('sms', 1);
    await scene.family.mark({ markId, value: '4', previousValue: '4', ...change }, 2);
    await scene.family.mark({ markId, value: '4', previousValue: '4', ...change }, 3);
    expect(await untilTheNext()).toHaveLength(1);
  });

  it('a mark that was there before the family chose to hear of marks is not told for a change of its comment', async () => {
    const markId = await scene.family.mark({ value: '4' });
    await hearsAll();
    await scene.family.mark({ markId, value: '4', previousValue: '4', comment: 'Хорошо' }, 2);
    expect(await untilTheNext()).toEqual([]);
  });

  it.each([
    ['a reason is written', 'ABSENT', { reason: 'Записка от родителей' }],
    ['the same is sent again', 'ABSENT', {}],
    ['the minutes of an absence that is no lateness change', 'ILL', { minutesLate: 5 }],
  ])('an absence is not told again when %s', async (_what, code, change) => {
    await hearsAll();
    const cellId = await scene.family.absence({ code });
    await scene.texts('sms', 1);
    await scene.family.absence({ code, ...change }, cellId, 2);
    await scene.family.absence({ code, ...change }, cellId, 3);
    expect(await untilTheNext()).toHaveLength(1);
  });

  it('another reason of absence and other minutes of lateness are told', async () => {
    await hearsAll();
    const cellId = await scene.family.absence({ code: 'ABSENT' });
    await scene.texts('sms', 1);
    await scene.family.absence({ code: 'LATE', minutesLate: 5 }, cellId, 2);
    await scene.texts('sms', 2);
    await scene.family.absence({ code: 'LATE', minutesLate: 10 }, cellId, 3);
    await scene.texts('sms', 3);
    expect(scene.family.notices('sms')[0]).toContain('исправлено — опоздание на 10 мин');
  });

  it.each([
    ['spaces', 'Прочитай  § 5 '],
    ['letters put together otherwise', 'Прочитай § 5'.normalize('NFD')],
  ])('homework is not told again for %s', async (_what, text) => {
    await hearsAll();
    await scene.family.homework({ text: 'Прочитай § 5' });
    await scene.texts('sms', 1);
    await scene.family.homework({ text }, 2);
    expect(await untilTheNext()).toHaveLength(1);
  });

  it('what is annulled is told once, however often it is said', async () => {
    await hearsAll();
    const markId = await scene.family.mark({ value: '4' });
    await scene.texts('sms', 1);
    await scene.family.mark({ markId, value: '4', previousValue: '4', isAnnulled: true }, 2);
    await scene.texts('sms', 2);
    await scene.family.mark({ markId, value: '4', previousValue: '4', isAnnulled: true, comment: 'x' }, 3);
    expect(await untilTheNext()).toHaveLength(2);
  });

  describe('low marks', () => {
    it('are not told to whoever has chosen to hear of marks and not of low ones', async () => {
      await scene.bySms(choice('mark', HOURS), choice('low-mark'));
      await scene.family.mark({ value: '2' });
      expect(await untilTheNext()).toEqual([]);
    });

    it('when a mark that was told becomes one, the correction does not name it; what follows names what it is', async () => {
      await scene.bySms(choice('mark', HOURS), choice('low-mark'));
      const markId = await scene.family.mark({ value: '4' });
      await scene.texts('sms', 1);
      await scene.family.mark({ markId, value: '2', previousValue: '4' }, 2);
      await scene.texts('sms', 2);
      expect(scene.family.notices('sms')[0]).toContain(
        'отметка исправлена (контрольная работа), новая — в дневнике',
      );
      await scene.family.mark({ markId, value: '1', previousValue: '2' }, 3);
      await scene.family.mark({ markId, value: '3', previousValue: '1' }, 4);
      await scene.texts('sms', 3);
      expect(scene.family.notices('sms')[0]).toContain('отметка исправлена: 3 ');
    });

    it('that was told and is no low one any more is told as corrected to whoever hears of low marks alone', async () => {
      await scene.bySms(choice('low-mark', HOURS));
      const markId = await scene.family.mark({ value: '2' });
      await scene.texts('sms', 1);
      await scene.family.mark({ markId, value: '4', previousValue: '2' }, 2);
      await scene.texts('sms', 2);
      expect(scene.family.notices('sms')[0]).toContain('исправлена: 2 → 4');
    });

    it('leave when the choice of low marks says, whatever was to become of the mark before', async () => {
      await scene.bySms(choice('mark', { sms: 'evening' }), choice('low-mark', HOURS));
      const markId = await scene.family.mark({ value: '4' });
      await until('it waits', async () => (await scene.deliveries({ state: 'waiting' })).length === 1);
      await scene.family.mark({ markId, value: '2', previousValue: '4' }, 2);
      await scene.texts('sms', 1);
      expect(scene.family.notices('sms')[0]).toContain('отметка 2');
    });
  });

  describe('two guardians with one address', () => {
    it.each(['sms', 'email'] as const)('get one message by %s, and both consents stay', async (channel) => {
      const father = await scene.family.father();
      for (const parent of [scene.family, father]) {
        await parent.open(channel);
        await parent.choose(choice('mark', { [channel]: 'immediate' }));
      }
      const markId = await scene.family.mark({ value: '4' });
      await scene.texts(channel, 1);
      await until('the other is not sent', async () => {
        const states = (await scene.deliveries()).map((row) => row.state);
        return states.length === 2 && states.includes('cancelled');
      });
      await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2);
      await scene.texts(channel, 2);
      await until('the other is not sent', async () => {
        const states = (await scene.deliveries({ state: 'cancelled' })).length;
        return states === 2;
      });
      expect(scene.family.notices(channel)).toHaveLength(2);
      expect(scene.family.notices(channel)[0]).toContain('исправлена: 4 → 5');
      const { rows } = await scene.bench.admin.query(
        `select person_id, state from contacts where school_id = $1`,
        [scene.family.schoolId],
      );
      expect(rows.map((row) => row.state)).toEqual(['open', 'open']);
    });

    it('get one letter when they write the mailbox in other letters', async () => {
      const father = await scene.family.father();
      for (const [parent, address] of [
        [scene.family, scene.family.email],
        [father, scene.family.email.replace('mother', 'Mother')],
      ] as const) {
        await parent.open('email', address);
        await parent.choose(choice('mark', { email: 'immediate' }));
      }
      await scene.family.mark({ value: '4' });
      await until('one is sent and one is not', async () => {
        const states = (await scene.deliveries()).map((row) => row.state).sort();
        return states.join() === 'cancelled,submitted';
      });
    });

    it('go on being told when one of them withdraws the consent', async () => {
      const father = await scene.family.father();
      for (const parent of [scene.family, father]) {
        await parent.open('sms');
        await parent.choose(choice('mark', { sms: 'evening' }));
      }
      await scene.family.mark({ value: '4' });
      await until('both wait', async () => (await scene.deliveries({ state: 'waiting' })).length === 2);
      await scene.call(closeContact, { schoolId: scene.family.schoolId, channel: 'sms' });
      scene.clock.set('2026-11-20T14:05:00Z');
      await scene.texts('sms', 1);
    });

    it('are told each what the other was not', async () => {
      const father = await scene.family.father();
      await scene.bySms(choice('mark', { sms: 'evening' }), choice('absence', { sms: 'evening' }));
      await father.open('sms');
      await father.choose(choice('mark', HOURS), choice('homework', { sms: 'evening' }));
      await scene.family.mark({ value: '4' });
      await scene.texts('sms', 1);
      await scene.family.absence({}, randomUUID());
      await scene.family.homework({ text: '§ 6' });
      await until('both wait', async () => (await scene.deliveries({ state: 'waiting' })).length === 2);
      scene.clock.set('2026-11-20T14:05:00Z');
      await scene.texts('sms', 3);
      expect(scene.family.notices('sms').filter((text) => text.includes('отметка 4'))).toHaveLength(1);
      expect(scene.family.notices('sms').join()).toMatch(/отсутствует.*|§ 6/);
    });
  });
});
