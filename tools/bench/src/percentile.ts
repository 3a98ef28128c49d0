/** Milliseconds, of many of one kind. */
export interface Times {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  worst: number;
}

/** @param times at least one, in any order */
export function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: sorted.at(-1)! };
}
