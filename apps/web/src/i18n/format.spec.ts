import { describe, expect, it } from '@jest/globals';
import { makeFormats } from './format';

const formats = makeFormats('ru', 'Asia/Yekaterinburg', 'сегодня');

describe('formats of instants', () => {
  it('say a deadline so that it stands after «до»: the hour of today, the date of another day', () => {
    const now = new Date();
    expect(formats.deadline(now.toISOString())).toBe(`${formats.time(now)} сегодня`);
    // Half past nine in the evening of the 9th in UTC is past midnight in Yekaterinburg.
    expect(formats.deadline('2020-11-09T21:30:00Z')).toBe('10.11.2020');
  });

  it('name a time zone by its distance from UTC', () => {
    expect(formats.zone('Asia/Yekaterinburg')).toBe('UTC+5');
    expect(formats.zone('Europe/Kaliningrad')).toBe('UTC+2');
  });
});
