import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { firstAnswer, RepeatBudget, type Failure } from './repeats.js';

const failed = (as: Failure): Error => Object.assign(new Error(as), { as });
const judge = (error: unknown): Failure => (error as { as: Failure }).as;
const never = new Promise<string>(() => undefined);

describe('a request to a service of several replicas', () => {
  let sent = 0;

  beforeEach(() => {
    sent = 0;
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  const ask = (
    replicas: readonly (() => Promise<string>)[],
    { isRepeatable = true, budget = new RepeatBudget() } = {},
  ): Promise<string> =>
    firstAnswer({
      send: () => replicas[Math.min(sent++, replicas.length - 1)]!(),
      judge,
      timeoutMs: 5000,
      isRepeatable,
      budget,
    });
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => undefined);
    await jest.advanceTimersByTimeAsync(10_000);
    return work;
  };

  it('is sent once when it is answered', async () => {
    expect(await settled(ask([() => Promise.resolve('5')]))).toBe('5');
    expect(sent).toBe(1);
  });

  it('goes to another replica when the first died with it', async () => {
    expect(await settled(ask([() => never, () => Promise.resolve('5')]))).toBe('5');
    expect(sent).toBe(2);
  });

  it('takes the first answer when the slow replica lives', async () => {
    jest.useRealTimers();
    const slow = delay(1100, 'slow');
    expect(await ask([() => slow, () => never])).toBe('slow');
    expect(sent).toBe(2);
  });

  it('is not sent twice when twice is not once', async () => {
    const asked = ask([() => never, () => Promise.resolve('5')], { isRepeatable: false });
    let isSettled = false;
    void asked.then(() => (isSettled = true));
    await jest.advanceTimersByTimeAsync(10_000);
    expect([sent, isSettled]).toEqual([1, false]);
  });

  it('is sent again, whatever it is, when nobody has got it', async () => {
    const replicas = [() => Promise.reject(failed('not-taken')), () => Promise.resolve('5')];
    expect(await settled(ask(replicas, { isRepeatable: false }))).toBe('5');
  });

  it('fails when nobody comes to listen', async () => {
    await expect(settled(ask([() => Promise.reject(failed('not-taken'))]))).rejects.toThrow('not-taken');
    expect(sent).toBeGreaterThan(20);
  });

  it('is sent again after a trouble that passes, if it is repeatable', async () => {
    const replicas = [() => Promise.reject(failed('passing')), () => Promise.resolve('5')];
    expect(await settled(ask(replicas))).toBe('5');
    sent = 0;
    await expect(settled(ask(replicas, { isRepeatable: false }))).rejects.toThrow('passing');
  });

  it('is not sent again after a refusal', async () => {
    await expect(settled(ask([() => Promise.reject(failed('final'))]))).rejects.toThrow('final');
    expect(sent).toBe(1);
  });

  it('is no storm when every replica is slow', async () => {
    const budget = new RepeatBudget();
    const asked = Array.from({ length: 1000 }, () => ask([() => never], { budget }));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(1000);
    expect(sent).toBeLessThan(1201);
  });
});
