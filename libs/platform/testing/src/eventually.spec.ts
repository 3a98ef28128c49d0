import { expect, test } from '@jest/globals';
import { eventually } from './eventually.js';

test('resolves to what the first quiet probe returned', async () => {
  let probes = 0;
  const probe = (): string => {
    probes += 1;
    expect(probes).toBe(3);
    return 'there';
  };
  await expect(eventually(probe, { intervalMs: 1 })).resolves.toBe('there');
});

test('the error tells what was awaited, for how long, and the last complaint', async () => {
  let probes = 0;
  const probe = (): void => {
    probes += 1;
    throw new Error(`sample ${probes}`);
  };
  const error = await eventually(probe, { timeoutMs: 30, intervalMs: 5, describe: 'the bell' }).catch(
    (e: Error) => e,
  );
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toMatch(/Waited \d+ ms \(\d+ probes\) for the bell, in vain/);
  expect((error as Error).message).toContain(`sample ${probes}`);
  expect((error as Error).cause).toEqual(new Error(`sample ${probes}`));
});

test('a failing matcher is shown with the value it received', async () => {
  const error = await eventually(() => expect('н/а').toBe('5'), { timeoutMs: 10, intervalMs: 5 }).catch(
    (e: Error) => e,
  );
  expect((error as Error).message).toContain('н/а');
});

test('a probe that hangs does not outlast the deadline', async () => {
  const hang = (): Promise<never> => new Promise(() => undefined);
  await expect(eventually(hang, { timeoutMs: 20, intervalMs: 5 })).rejects.toThrow(
    'the probe did not return',
  );
});

test('one probe is made even without any time', async () => {
  await expect(eventually(() => Promise.resolve(5), { timeoutMs: 0 })).resolves.toBe(5);
});
