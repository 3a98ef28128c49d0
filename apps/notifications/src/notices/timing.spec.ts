import { describe, expect, it } from '@jest/globals';
import { DEFAULT_HOURS, departureOf, isQuietAt, quietUntil, spreadOf } from './timing.js';

const ZONE = 'Asia/Yekaterinburg'; // UTC+5
const at = (local: string): Date => new Date(`${local}+05:00`);
const departure = (
  delivery: 'immediate' | 'evening',
  local: string,
  hours = DEFAULT_HOURS,
  spread = 0,
  coolDown = 0,
) => departureOf(delivery, at(local), hours, ZONE, spread, coolDown);

describe('when a notice leaves', () => {
  it('leaves at once by day', () => {
    expect(departure('immediate', '2026-11-20T12:00:00')).toEqual({
      dueAt: at('2026-11-20T12:00:00'),
      gathering: null,
    });
  });

  it('waits for the end of the quiet hours, gathered with the others of the night', () => {
    const morning = { dueAt: at('2026-11-21T08:00:00'), gathering: 'morning:2026-11-21' };
    expect(departure('immediate', '2026-11-20T21:00:00')).toEqual(morning);
    expect(departure('immediate', '2026-11-21T03:00:00')).toEqual(morning);
    expect(departure('immediate', '2026-11-21T07:59:59')).toEqual(morning);
    expect(departure('immediate', '2026-11-21T08:00:00').gathering).toBeNull();
  });

  it('leaves with the message of the day, and after it with that of the next', () => {
    expect(departure('evening', '2026-11-20T18:59:00')).toEqual({
      dueAt: at('2026-11-20T19:00:00'),
      gathering: 'evening:2026-11-20',
    });
    expect(departure('evening', '2026-11-20T19:00:00').gathering).toBe('evening:2026-11-21');
  });

  it('keeps to the school’s clock, whatever the server’s', () => {
    const kaliningrad = departureOf(
      'immediate',
      at('2026-11-20T22:00:00'),
      DEFAULT_HOURS,
      'Europe/Kaliningrad',
      0,
      0,
    );
    expect(kaliningrad.gathering).toBeNull();
  });

  it('spreads gathered messages over three minutes, the same for a person each time', () => {
    expect(departure('evening', '2026-11-20T10:00:00', DEFAULT_HOURS, 0.5).dueAt).toEqual(
      at('2026-11-20T19:01:30'),
    );
    expect(spreadOf('0190b0b0-0000-7000-8000-00000000ffff')).toBeLessThan(1);
  });

  it('leaves after the cool-down, in which a slip of the pen is put right', () => {
    expect(departure('immediate', '2026-11-20T12:00:00', DEFAULT_HOURS, 0, 3)).toEqual({
      dueAt: at('2026-11-20T12:03:00'),
      gathering: null,
    });
  });

  it.each([
    ['immediate', '2026-11-20T20:58:00', '2026-11-21T08:00:00', 'morning:2026-11-21'],
    ['immediate', '2026-11-21T07:58:00', '2026-11-21T08:01:00', 'morning:2026-11-21'],
    ['evening', '2026-11-20T18:59:00', '2026-11-20T19:02:00', 'evening:2026-11-20'],
  ] as const)(
    'chosen %s at %s it leaves neither before the cool-down has passed nor in the quiet hours',
    (delivery, now, dueAt, gathering) => {
      expect(departure(delivery, now, DEFAULT_HOURS, 0, 3)).toEqual({ dueAt: at(dueAt), gathering });
    },
  );

  it('knows quiet hours within one day, over midnight, and none', () => {
    const hours = (quietFrom: string, quietTo: string) => ({ quietFrom, quietTo, digestAt: '19:00' });
    expect(isQuietAt('13:30', hours('13:00', '15:00'))).toBe(true);
    expect(isQuietAt('15:00', hours('13:00', '15:00'))).toBe(false);
    expect(isQuietAt('23:00', hours('21:00', '08:00'))).toBe(true);
    expect(isQuietAt('09:00', hours('21:00', '08:00'))).toBe(false);
    expect(isQuietAt('09:00', hours('08:00', '08:00'))).toBe(false);
  });

  it('is held until the morning when trouble has kept it up into the quiet hours', () => {
    const until = (local: string, hours = DEFAULT_HOURS) => quietUntil(at(local), hours, ZONE, 0);
    expect(until('2026-11-20T23:00:00')).toEqual(at('2026-11-21T08:00:00'));
    expect(until('2026-11-21T02:00:00')).toEqual(at('2026-11-21T08:00:00'));
    expect(until('2026-11-20T20:59:00')).toBeNull();
    expect(until('2026-11-21T08:00:00')).toBeNull();
  });

  it('is not held when the spread of a message for 20:59 has carried it over the beginning', () => {
    expect(quietUntil(at('2026-11-20T21:01:30'), DEFAULT_HOURS, ZONE, 0)).toBeNull();
  });
});
