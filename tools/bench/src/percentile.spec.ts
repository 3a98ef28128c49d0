import { expect, it } from '@jest/globals';
import { timesOf } from './percentile.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => count - at);

it('of many times has those that so many of a hundred do not exceed, in whatever order they came', () => {
  expect(timesOf(upTo(1000))).toEqual({ count: 1000, p50: 501, p95: 951, p99: 991, worst: 1000 });
});

it('of few times has the worst among the last percents', () => {
  expect(timesOf(upTo(10))).toEqual({ count: 10, p50: 6, p95: 10, p99: 10, worst: 10 });
});

it('of one time has it everywhere', () => {
  expect(timesOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, worst: 7 });
});

it('sorts by size, and leaves the times as they were', () => {
  const times = [100, 9, 20];
  expect(timesOf(times)).toMatchObject({ p50: 20, worst: 100 });
  expect(times).toEqual([100, 9, 20]);
});
