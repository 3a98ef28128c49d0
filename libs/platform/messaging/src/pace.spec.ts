import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Pace } from './pace.js';

describe('the pace of lots', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('lets what comes first begin at once', () => {
    expect(new Pace(50, 200).wait).toBeLessThanOrEqual(0);
  });

  it.each([
    [1, 50],
    [3, 150],
    [30, 200],
  ])('after a lot of %i waits %i ms', (size, ms) => {
    const pace = new Pace(50, 200);
    jest.advanceTimersByTime(1000);
    pace.begin(size);
    expect(pace.wait).toBe(ms);
    jest.advanceTimersByTime(ms);
    expect(pace.wait).toBe(0);
  });
});
