import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getSubscription, type KindChoice } from '@parta/contracts-notifications';
import { Family } from './family.js';
import { NOON, NotificationsUnderTest } from './notifications-under-test.js';
import { until } from './until.js';

const EVENING = '2026-11-20T14:05:00Z'; // 19:05
const NIGHT = '2026-11-20T17:00:00Z'; // 22:00
const MORNING = '2026-11-21T03:05:00Z'; // 08:05
const choice = (kind: KindChoice['kind'], more: Partial<KindChoice>): KindChoice => ({
  kind,
  email: 'off',
  sms: 'off',
  ...more,
});

describe('what changes between the event and the departure of its message', () => {
  let started: NotificationsUnderTest;
  let family: Family;

  beforeAll(async () => {
    started = await NotificationsUnderTest.start();
  }, 60_000);
  afterAll(() => started?.stop());
  beforeEach(async () => {
    started.clock.set(NOON);
    family = await Family.join(started.bench, started.inbox);
  });
  afterEach(() => {
    started.sms.trouble = {};
  });

  const query = async <T extends object>(text: string): Promise<T[]> =>
    (await started.bench.admin.query(text, [family.schoolId])).rows as T[];
  const values = async (): Promise<string[]> =>
    (
      await query<{ value: string }>(`select content->>'value' as value from notices where school_id = $1`)
    ).map((row) => row.value);
  const states = async (): Promise<string[]> =>
    (
      await query<{ state: string }>(
        `select state from messages where school_id = $1 and kind <> 'code' order by created_at, id`,
      )
    ).map((row) => row.state);
  const arrived = (count: number, address?: string): Promise<boolean> =>
    until(`${count} SMS`, () => family.notices('sms', address).length === count);
  const bySms = async (...choices: KindChoice[]): Promise<void> => {
    await family.open('sms');
    await family.choose(...choices);
  };

  it('a message kept up by trouble until the night waits for the morning', async () => {
    await bySms(choice('mark', { sms: 'immediate' }));
    started.clock.set('2026-11-20T15:50:00Z'); // 20:50
    started.sms.trouble = { throttleNext: 100_000 };
    await family.mark();
    await until(
      'it was tried',
      async () =>
        (await query('select 1 from messages where school_id = $1 and problem is not null')).length === 1,
    );
    started.clock.set(NIGHT);
    started.sms.trouble = {};
    const [held] = await until('it is held', async () => {
      const rows = await query<{ due: Date }>(
        `select q.due_at as due from queue q where q.school_id = $1 and q.due_at > '2026-11-21T03:00:00Z'`,
      );
      return rows.length === 1 && rows;
    });
    expect(held!.due.getTime()).toBeLessThan(Date.parse(MORNING));
    expect(family.notices('sms')).toEqual([]);
    started.clock.set(MORNING);
    await arrived(1);
  });

  it('whose child it is no more gets nothing', async () => {
    await bySms(choice('mark', { sms: 'evening' }));
    await family.mark();
    await until('it waits', async () => (await states())[0] === 'waiting');
    await family.motherOf([], 2);
    await until(
      'the directory knows',
      async () => (await query('select 1 from guardian_children where school_id = $1')).length === 0,
    );
    started.clock.set(EVENING);
    await until('it is cancelled', async () => (await states())[0] === 'cancelled');
    expect(family.notices('sms')).toEqual([]);
  });

  it('another number gets what waits, and what comes to the same message later', async () => {
    await bySms(choice('mark', { sms: 'evening' }));
    await family.mark({ value: '5' });
    await until('it waits', async () => (await values()).length === 1);
    started.clock.set(new Date(Date.parse(NOON) + 120_000));
    const other = family.phone.replace('+7000', '+7001');
    await family.open('sms', other);
    await family.mark({ value: '4' });
    await until('both wait', async () => (await values()).length === 2);
    started.clock.set(EVENING);
    await arrived(1, other);
    expect(family.notices('sms', other)[0]).toMatch(/отметка 5.*; .*отметка 4/);
    expect(family.notices('sms')).toEqual([]);
  });

  it('the link in a letter to a mailbox that was given up leads nowhere; with the same mailbox it stays', async () => {
    await family.open('email');
    await family.choose(choice('mark', { email: 'immediate' }));
    await family.mark();
    const letter = await until('the letter', () =>
      family.received('email').find((one) => one.headers['list-unsubscribe']),
    );
    const token = /unsubscribe\/([\w-]+)>/.exec(letter.headers['list-unsubscribe']!)![1]!;
    const ask = () => started.bench.rpc.call(getSubscription, { token }, {});
    started.clock.set(new Date(Date.parse(NOON) + 120_000));
    await family.open('email');
    expect(await ask()).toMatchObject({ state: 'open' });
    started.clock.set(new Date(Date.parse(NOON) + 240_000));
    await family.open('email', `other-${family.email}`);
    await expect(ask()).rejects.toMatchObject({ code: 'notifications.subscription-not-found' });
  });

  it('a mark corrected twice is told with the value that the family had heard', async () => {
    await bySms(choice('mark', { sms: 'immediate' }));
    const markId = await family.mark({ value: '4' });
    await arrived(1);
    started.clock.set(NIGHT);
    await family.mark({ markId, value: '5', previousValue: '4' }, 2);
    await until('the correction waits', async () => (await values()).includes('5'));
    await family.mark({ markId, value: '3', previousValue: '5' }, 3);
    await until('it is changed in place', async () => (await values()).includes('3'));
    started.clock.set(MORNING);
    await arrived(2);
    expect(family.notices('sms')[0]).toContain('исправлена: 4 → 3');
  });

  it('a low mark raised before it was told is no news for whoever wants low marks alone', async () => {
    await bySms(choice('low-mark', { sms: 'evening' }));
    const markId = await family.mark({ value: '2' });
    await until('it waits', async () => (await states())[0] === 'waiting');
    await family.mark({ markId, value: '4', previousValue: '2' }, 2);
    await until('it is cancelled', async () => (await states())[0] === 'cancelled');
    expect(await states()).toHaveLength(1);
  });

  it('a correction heard too late to be news still puts right what waits', async () => {
    await bySms(choice('mark', { sms: 'evening' }));
    started.clock.set('2026-11-20T14:30:00Z'); // 19:30, so until tomorrow evening
    const markId = await family.mark({ value: '3' });
    await until('it waits', async () => (await values()).length === 1);
    const noticed = new Date('2026-11-20T15:00:00Z');
    started.clock.set('2026-11-21T06:00:00Z');
    await family.mark({ markId, value: '4', previousValue: '3' }, 2, noticed);
    await until('it is changed', async () => (await values())[0] === '4');
    started.clock.set('2026-11-21T14:05:00Z');
    await arrived(1);
    expect(family.notices('sms')[0]).toContain('отметка 4');
  });

  it('an SMS that has left in part goes on as it was, and the correction follows it', async () => {
    await bySms(choice('mark', { sms: 'evening' }), choice('homework', { sms: 'evening' }));
    await family.homework({ text: 'Прочитать § 5–6, ответить на вопросы в конце параграфа, № 12' });
    const markId = await family.mark({ value: '5' });
    await until('both wait in one message', async () => (await values()).length === 2);
    started.sms.trouble = { throttleAfter: 1 };
    started.clock.set(EVENING);
    await until(
      'a part has left',
      async () => (await query('select 1 from messages where school_id = $1 and has_begun')).length === 1,
    );
    await family.mark({ markId, value: '4', previousValue: '5' }, 2);
    await until('the correction is a message of its own', async () => (await states()).length === 2);
    started.sms.trouble = {};
    await arrived(1);
    started.clock.set('2026-11-21T14:05:00Z');
    await arrived(2);
    expect(family.notices('sms')[1]).toContain('отметка 5');
    expect(family.notices('sms')[0]).toContain('исправлена: 5 → 4');
  });
});
