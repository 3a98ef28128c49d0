import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@parta/platform-errors';
import { WaitingLine } from './waiting-line.js';

const refusal = (): DomainError => new DomainError('unavailable', 'test.busy', 'busy');

describe('a line', () => {
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
    const queue = new WaitingLine({ atOnce: 2, longest: 2, refusal });
    const { started, ends, one } = work();
    const results = [1, 2, 3, 4].map((name) => queue.run(one(name)));
    await expect(queue.run(one(5))).rejects.toMatchObject({
      code: 'test.busy',
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

  it('refuses who has waited too long, and lets the next one in', async () => {
    const queue = new WaitingLine({ atOnce: 1, longest: 5, patienceMs: 20, refusal });
    const { started, ends, one } = work();
    const first = queue.run(one(1));
    await expect(queue.run(one(2))).rejects.toMatchObject({ code: 'test.busy' });
    const third = queue.run(one(3));
    ends[0]!();
    await settled();
    ends[1]!();
    expect(await Promise.all([first, third])).toEqual([1, 3]);
    expect(started).toEqual([1, 3]);
  });

  it('goes on after a failure', async () => {
    const queue = new WaitingLine({ atOnce: 1, longest: 1, refusal });
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue.run(() => Promise.resolve(1))).toBe(1);
  });
});
