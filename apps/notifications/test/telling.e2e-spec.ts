import { describe, expect, it } from '@jest/globals';
import { setChildChoices, setHours } from '@parta/contracts-notifications';
import { choice, Family } from './family.js';
import { NOON } from './notifications-under-test.js';
import { Scene } from './scene.js';
import { until } from './until.js';

describe('families are told', () => {
  const scene = Scene.forEachTest();

  describe('what is told', () => {
    it('a mark arrives once by SMS and once by mail, and the receipt is in the log', async () => {
      await scene.family.open('email');
      await scene.bySms(choice('mark', { sms: 'immediate', email: 'immediate' }));
      await scene.family.mark();
      await scene.texts('sms', 1);
      await scene.texts('email', 1);
      expect(scene.family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: отметка 5 (контрольная работа)']);
      const log = await until('the receipt', async () => {
        const rows = await scene.deliveries();
        return rows.some((one) => one.state === 'delivered') && rows;
      });
      expect(
        log.map(({ channel, state, children, parts }) => ({
          channel,
          state,
          children,
          parts,
        })),
      ).toEqual(
        expect.arrayContaining([
          { channel: 'sms', state: 'delivered', children: ['Иванов Пётр'], parts: 1 },
          { channel: 'email', state: 'submitted', children: ['Иванов Пётр'], parts: 0 },
        ]),
      );
    });

    it('the same fact heard again, and an older one after a newer, tell nothing', async () => {
      await scene.bySms(choice('mark', { sms: 'immediate' }));
      const markId = await scene.family.mark({ value: '4' }, 2);
      await scene.texts('sms', 1);
      await scene.family.mark({ markId, value: '4' }, 2);
      await scene.family.mark({ markId, value: '3' }, 1);
      await scene.family.mark({ value: '5' });
      await scene.texts('sms', 2);
      expect(scene.family.notices('sms').map((text) => /отметка (\d)/.exec(text)![1])).toEqual(['5', '4']);
    });

    it('a correction after the message is told with both values, an annulment too', async () => {
      await scene.bySms(choice('mark', { sms: 'immediate' }));
      const markId = await scene.family.mark({ value: '4' });
      await scene.texts('sms', 1);
      await scene.family.mark({ markId, value: '5', previousValue: '4' }, 2);
      await scene.texts('sms', 2);
      expect(scene.family.notices('sms')[0]).toContain('исправлена: 4 → 5');
      await scene.family.mark({ markId, value: '5', isAnnulled: true }, 3);
      await scene.texts('sms', 3);
      expect(scene.family.notices('sms')[0]).toContain('отметка 5 аннулирована');
    });

    it('what has not left yet is changed in place, and what is annulled is never told', async () => {
      await scene.bySms(choice('mark', { sms: 'evening' }));
      const kept = await scene.family.mark({ value: '3' });
      const annulled = await scene.family.mark({ value: '4' });
      await until('both wait', async () => (await scene.deliveries({ state: 'waiting' })).length === 1);
      await scene.family.mark({ markId: kept, value: '4', previousValue: '3' }, 2);
      await scene.family.mark({ markId: annulled, value: '4', isAnnulled: true }, 2);
      await until('the annulled notice is gone', async () => {
        const { rows } = await scene.bench.admin.query(
          `select content->>'value' as value from notices where school_id = $1`,
          [scene.family.schoolId],
        );
        return rows.length === 1 && rows[0].value === '4';
      });
      scene.clock.set('2026-11-20T14:05:00Z');
      await scene.texts('sms', 1);
      expect(scene.family.notices('sms')).toEqual(['Пётр И.: Алгебра 20.11: отметка 4 (контрольная работа)']);
    });

    it('who wants low marks alone hears of those alone', async () => {
      await scene.bySms(choice('low-mark', { sms: 'immediate' }));
      await scene.family.mark({ value: '5' });
      await scene.family.mark({ value: '2' });
      await scene.texts('sms', 1);
      expect(scene.family.notices('sms')[0]).toContain('отметка 2');
    });

    it('absences and homework are told as chosen; a corrected topic is no news', async () => {
      await scene.bySms(choice('absence', { sms: 'immediate' }), choice('homework', { sms: 'immediate' }));
      await scene.family.absence();
      await scene.texts('sms', 1);
      await scene.family.homework({ text: '§ 5, № 12' });
      await scene.texts('sms', 2);
      await scene.family.homework({ text: '§ 5, № 12' }, 2, 'Обыкновенные дроби');
      await scene.family.homework({ text: '§ 6' }, 3);
      await scene.texts('sms', 3);
      expect(scene.family.notices('sms')).toEqual([
        'Пётр И.: Алгебра 20.11: задание изменено: § 6',
        'Пётр И.: Алгебра 20.11: задано: § 5, № 12',
        'Пётр И.: Алгебра 20.11, 2-й урок: отсутствует на уроке',
      ]);
    });

    it('what happened half a day ago is no news', async () => {
      await scene.bySms(choice('mark', { sms: 'immediate' }));
      const halfADayAgo = new Date(Date.parse(NOON) - 13 * 60 * 60 * 1000);
      await scene.family.mark({ value: '4' }, 1, halfADayAgo);
      await scene.family.mark({ value: '5' });
      await scene.texts('sms', 1);
      expect(scene.family.notices('sms')[0]).toContain('отметка 5');
    });
  });

  describe('when it is told', () => {
    it('in the quiet hours nothing is sent; in the morning it comes as one message', async () => {
      await scene.bySms(choice('mark', { sms: 'immediate' }), choice('absence', { sms: 'immediate' }));
      scene.clock.set('2026-11-20T17:00:00Z'); // 22:00
      await scene.family.mark();
      await scene.family.absence();
      await until('both wait in one message', async () => {
        const waiting = await scene.deliveries({ state: 'waiting' });
        const { rows } = await scene.bench.admin.query('select 1 from notices where school_id = $1', [
          scene.family.schoolId,
        ]);
        return waiting.length === 1 && rows.length === 2;
      });
      expect(scene.family.notices('sms')).toEqual([]);
      scene.clock.set('2026-11-21T03:05:00Z'); // 08:05
      await scene.texts('sms', 1);
      expect(scene.family.notices('sms')[0]).toMatch(/отметка 5.*; .*отсутствует/);
    });

    it('hours are the guardian’s own; the day’s message does not fall into them', async () => {
      const { schoolId } = scene.family;
      await scene.call(setHours, { schoolId, quietFrom: '10:00', quietTo: '13:00', digestAt: '18:00' });
      await expect(
        scene.call(setHours, { schoolId, quietFrom: '10:00', quietTo: '13:00', digestAt: '12:00' }),
      ).rejects.toMatchObject({ code: 'notifications.digest-in-quiet-hours' });
      scene.clock.set('2026-11-20T04:00:00Z'); // 09:00: codes are sent at any hour
      await scene.bySms(choice('mark', { sms: 'immediate' }));
      scene.clock.set(NOON);
      await scene.family.mark();
      await until('it waits', async () => (await scene.deliveries({ state: 'waiting' })).length === 1);
      scene.clock.set('2026-11-20T08:05:00Z'); // 13:05
      await scene.texts('sms', 1);
    });
  });

  describe('choices', () => {
    it('of two people changing them at once, the second is told so', async () => {
      await scene.family.open('sms');
      await scene.family.choose(choice('mark', { sms: 'evening' }));
      await expect(
        scene.call(setChildChoices, {
          studentId: scene.family.studentId,
          version: 0,
          choices: [choice('mark')],
        }),
      ).rejects.toMatchObject({ code: 'notifications.choices-stale' });
    });

    it('of another family’s child cannot be made', async () => {
      const other = await Family.join(scene.bench, scene.inbox);
      await expect(
        scene.call(setChildChoices, { studentId: other.studentId, version: 0, choices: [choice('mark')] }),
      ).rejects.toMatchObject({ code: 'notifications.child-not-found', kind: 'not-found' });
      await expect(
        scene.call(setHours, {
          schoolId: other.schoolId,
          quietFrom: '21:00',
          quietTo: '08:00',
          digestAt: '19:00',
        }),
      ).rejects.toMatchObject({ code: 'access.another-school' });
    });
  });
});
