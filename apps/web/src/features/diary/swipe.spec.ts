import { describe, expect, it } from '@jest/globals';
import { swipeOf } from './swipe';

describe('a swipe over the week', () => {
  const from = { x: 200, y: 300 };
  it.each([
    ['to the left goes forward', { x: 100, y: 310 }, 1],
    ['to the right goes back', { x: 300, y: 290 }, -1],
    ['that is short does nothing', { x: 150, y: 300 }, 0],
    ['up and down is scrolling', { x: 190, y: 100 }, 0],
    ['that is slanted does nothing', { x: 120, y: 360 }, 0],
  ])('%s', (_, to, turn) => expect(swipeOf(from, to)).toBe(turn));
});
