import { describe, expect, it } from '@jest/globals';
import { Rest } from './rest.js';

const HOUR = 3_600_000;

describe('a loop at rest', () => {
  it('is woken', async () => {
    const rest = new Rest();
    const resting = rest.untilWoken(HOUR);
    rest.wake();
    await resting;
  });

  it('does not rest when it was woken while it looked', async () => {
    const rest = new Rest();
    rest.beginLook();
    rest.wake();
    await rest.untilWoken(HOUR);
  });

  it('rests again after another look', async () => {
    const rest = new Rest();
    rest.wake();
    rest.beginLook();
    let isOver = false;
    const resting = rest.untilWoken(HOUR).then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    rest.close();
    await resting;
  });

  it('is not woken from a pause, only by the end', async () => {
    const rest = new Rest();
    let isOver = false;
    const pausing = rest.pause(HOUR).then(() => (isOver = true));
    rest.wake();
    await Promise.resolve();
    expect(isOver).toBe(false);
    rest.close();
    await pausing;
    await rest.pause(HOUR);
  });
});
