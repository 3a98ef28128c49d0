import type { DeliveryTime } from '@parta/contracts-notifications';
import { DateTime } from 'luxon';

/** When a guardian may be disturbed, local times HH:MM of the school's zone. */
export interface Hours {
  quietFrom: string;
  quietTo: string;
  digestAt: string;
}

/** Of whoever has chosen nothing: no night messages, the day's message after work. */
export const DEFAULT_HOURS: Hours = { quietFrom: '21:00', quietTo: '08:00', digestAt: '19:00' };

/** When a message goes out; with a `gathering` it goes together with others of the same guardian and channel. */
export interface Departure {
  dueAt: Date;
  gathering: string | null;
}

/** Whole districts share an hour; their messages leave spread over so many seconds. */
const SPREAD_SECONDS = 180;

/**
 * When a notice leaves: after the cool-down, at the end of the quiet hours (gathered), or with the day's message
 * (gathered). Nothing leaves before the cool-down has passed, so that a slip of the pen can be put right unseen; a
 * gathered message waits for the last of its notices.
 * @param spread 0 ≤ spread < 1, constant for a person
 * @param coolDownMinutes 0 or more
 */
export function departureOf(
  delivery: Exclude<DeliveryTime, 'off'>,
  now: Date,
  hours: Hours,
  timeZone: string,
  spread: number,
  coolDownMinutes: number,
): Departure {
  const cooled = new Date(now.getTime() + coolDownMinutes * 60_000);
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const jitter = { seconds: Math.floor(spread * SPREAD_SECONDS) };
  if (delivery === 'evening') {
    const at = nextTime(local, hours.digestAt);
    return { dueAt: later(at.plus(jitter).toJSDate(), cooled), gathering: `evening:${at.toISODate()}` };
  }
  // Neither what happens in the quiet hours nor what would leave in them disturbs anybody before their end.
  const quiet = [local, DateTime.fromJSDate(cooled, { zone: timeZone })].find((at) => isQuiet(at, hours));
  if (!quiet) return { dueAt: cooled, gathering: null };
  const at = nextTime(quiet, hours.quietTo);
  return { dueAt: later(at.plus(jitter).toJSDate(), cooled), gathering: `morning:${at.toISODate()}` };
}

/**
 * The end of the quiet hours, for a message that is late and would come in the middle of them; null outside. One that the
 * spread alone has carried over their beginning is not late.
 */
export function quietUntil(now: Date, hours: Hours, timeZone: string, spread: number): Date | null {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  if (!isQuiet(local, hours) || !isQuiet(local.minus({ seconds: SPREAD_SECONDS }), hours)) return null;
  return nextTime(local, hours.quietTo)
    .plus({ seconds: Math.floor(spread * SPREAD_SECONDS) })
    .toJSDate();
}

/** Whether the time lies in the quiet hours, the beginning included and the end not; they may pass midnight. */
export function isQuietAt(time: string, { quietFrom, quietTo }: Hours): boolean {
  if (quietFrom === quietTo) return false;
  return quietFrom < quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
}

const isQuiet = (local: DateTime, hours: Hours): boolean => isQuietAt(local.toFormat('HH:mm'), hours);

/** The first time of that day which is later than now. */
function nextTime(local: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  const today = local.set({ hour, minute, second: 0, millisecond: 0 });
  return today > local ? today : today.plus({ days: 1 });
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/** A number from 0 to 1 that a person keeps. */
export const spreadOf = (personId: string): number => parseInt(personId.slice(-4), 16) / 0x10000;
