import { describe, expect, it } from '@jest/globals';
import { choice } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

const after = (minutes: number): Date => new Date(Date.parse(NOON) + minutes * 60_000);

describe('a slip of the pen is put right before a family hears of it', () => {
  const scene = Scene.forEachTest({ coolDownMinutes: 3 });

  const states = async (): Promise<string[]> => (await scene.deliveries()).map((row) => row.state);
  const hearsOfMarks = (): Promise<void> =>
    scene.bySms(choice('mark', { sms: 'immediate' }), choice('low-mark', { sms: 'immediate' }));

  it('a mark leaves when it has cooled down', async () => {
    await hearsOfMarks();
    await scene.family.mark({ value: '4' });
    await until('it waits', async () => (await states()).join() === 'waiting');
    expect((await scene.deliveries())[0]!.dueAt).toBe(after(3).toISOString().replace('.000', ''));
    scene.clock.set(after(3));
    await scene.texts('sms', 1);
  });

  it('a mark that was undone meanwhile is never told, by no channel', async () => {
    await scene.family.open('email');
    await scene.bySms(choice('low-mark', { sms: 'immediate', email: 'immediate' }));
    const markId = await scene.family.mark({ value: '2' });
    await until('both wait', async () => (await states()).join() === 'waiting,waiting');
    await scene.family.mark({ markId, value: '2', previousValue: '2', isAnnulled: true }, 2);
    await until('both are cancelled', async () => (await states()).join() === 'cancelled,cancelled');
    scene.clock.set(after(10));
    await scene.family.mark({ value: '1' }, 1, after(10));
    await until('the next waits', async () => (await states()).includes('waiting'));
    scene.clock.set(after(13));
    await scene.texts('sms', 1);
    expect(scene.family.notices('sms')[0]).toContain('отметка 1');
  });

  it('a mark that was corrected meanwhile is told once, as it is', async () => {
    await hearsOfMarks();
    const markId = await scene.family.mark({ value: '2' });
    await until('it waits', async () => (await states()).join() === 'waiting');
    scene.clock.set(after(1));
    await scene.family.mark({ markId, value: '5', previousValue: '2' }, 2);
    await until(
      'it is another',
      async () =>
        (await states()).join() === 'cancelled,waiting' || (await states()).join() === 'waiting,cancelled',
    );
    scene.clock.set(after(4));
    await scene.texts('sms', 1);
    expect(scene.family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: отметка 5 (контрольная работа)']);
  });

  it('a correction that was taken back meanwhile is never told', async () => {
    await hearsOfMarks();
    const markId = await scene.family.mark({ value: '4' });
    await until('it waits', async () => (await states()).join() === 'waiting');
    scene.clock.set(after(3));
    await scene.texts('sms', 1);
    await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2);
    await until('the correction waits', async () => (await states()).includes('waiting'));
    await scene.family.mark({ markId, value: '4', previousValue: '5' }, 3);
    await until('it is cancelled', async () => (await states()).includes('cancelled'));
    await scene.family.mark({ value: '3' });
    await until('the next waits', async () => (await states()).includes('waiting'));
    scene.clock.set(after(6));
    await scene.texts('sms', 2);
    expect(scene.family.notices('sms')[0]).toContain('отметка 3');
  });

  it('so is an absence that was taken back, and homework that was put right', async () => {
    await scene.bySms(choice('absence', { sms: 'immediate' }), choice('homework', { sms: 'immediate' }));
    const cellId = await scene.family.absence();
    await scene.family.homework({ text: '§ 5' });
    await until('both wait', async () => (await states()).join() === 'waiting,waiting');
    await scene.family.absence({ code: null }, cellId, 2);
    await scene.family.homework({ text: '§ 6' }, 2);
    await until('one is cancelled', async () => (await states()).includes('cancelled'));
    scene.clock.set(after(3));
    await scene.texts('sms', 1);
    expect(scene.family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: задано: § 6']);
  });
});
