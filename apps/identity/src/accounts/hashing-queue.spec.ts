import { describe, expect, it } from '@jest/globals';
import { HashingQueue } from './hashing-queue.js';

describe('the line for hashing', () => {
  const work = () => {
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const one = (name: number) => () =>
      new Promise<number>((resolve) => {
        started.push(name);
        ends.push(() => resolve(name));
      });
    return { started, ends, one };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('does so many at once, the others in their order, and refuses who finds it full', async () => {
    const queue = new HashingQueue(2, 2);
    const { started, ends, one } = work();
    const results = [1, 2, 3, 4].map((name) => queue.run(one(name)));
    await expect(queue.run(one(5))).rejects.toMatchObject({
      code: 'identity.busy',
      kind: 'unavailable',
      details: { retryAfter: 3 },
    });
    expect(started).toEqual([1, 2]);
    ends[0]!();
    await settled();
    expect(started).toEqual([1, 2, 3]);
    results.push(queue.run(one(6)));
    for (const _ of [1, 2, 3]) {
      ends.splice(0).forEach((end) => end());
      await settled();
    }
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4, 6]);
    expect(started).toEqual([1, 2, 3, 4, 6]);
  });

  it('goes on after a failure', async () => {
    const queue = new HashingQueue(1, 1);
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue.run(() => Promise.resolve(1))).toBe(1);
  });
});
