import type { Comparison } from './actions.js';
import type { Bare } from './bare.js';
import { measure, type Measured } from './measure.js';
import type { Platform } from './platform.js';

export interface Compared extends Comparison {
  parta: Measured;
  yardstick: Measured;
}

/** Measures the yardstick, Parta and the yardstick again; the machine may have other work, so its mean counts. */
export async function compare(
  comparison: Comparison,
  { running, admin, pids }: Platform,
  bare: Bare,
  seconds: number,
  say: (line: string) => void,
): Promise<Compared> {
  const { name, isOnce } = comparison;
  const half = Math.floor(comparison.bare.length / 2);
  const bareSide = (requests: Comparison['bare']): Promise<Measured> =>
    measure(
      { processes: { yardstick: bare.pid, postgres: pids.postgres! }, role: 'postgres', requests },
      { url: bare.url, seconds, admin, amount: isOnce ? requests.length : undefined },
    );
  const first = await bareSide(isOnce ? comparison.bare.slice(0, half) : comparison.bare);
  const parta = await measureParta(comparison, { running, admin, pids }, seconds);
  const last = await bareSide(isOnce ? comparison.bare.slice(half) : comparison.bare);
  const yardstick = meanOf(first, last);
  if (parta.failures || yardstick.failures)
    throw new Error(`${name}: ${parta.failures} and ${yardstick.failures} requests failed`);
  say(
    `${name}: ${parta.perSecond.toFixed(0)}/s beside ${yardstick.perSecond.toFixed(0)}/s, ratio ${(parta.perSecond / yardstick.perSecond).toFixed(2)}`,
  );
  return { ...comparison, parta, yardstick };
}

/** @param platform its gateways share the connections */
export const measureParta = (
  { own, role, isOnce }: Comparison,
  { running, admin, pids }: Pick<Platform, 'running' | 'admin' | 'pids'>,
  seconds: number,
): Promise<Measured> =>
  measure(
    { processes: pids, role, requests: own },
    { url: running.urls, seconds, admin, amount: isOnce ? own.length : undefined },
  );

function meanOf(a: Measured, b: Measured): Measured {
  const pairs = Object.entries(a).map(([key, value]) => {
    const other = b[key as keyof Measured];
    return [key, typeof value === 'number' && typeof other === 'number' ? (value + other) / 2 : value];
  });
  return Object.fromEntries(pairs) as Measured;
}
