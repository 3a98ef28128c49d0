import { describe, expect, it } from '@jest/globals';
import { configFrom } from './contingent.config.js';

describe('the configuration from the environment', () => {
  it('has defaults for all it needs', () => {
    expect(configFrom({})).toEqual({ defaultTimeZone: 'Europe/Moscow' });
  });

  it('takes the region’s time zone and the permitted share', () => {
    expect(configFrom({ PARTA_TIME_ZONE: 'Asia/Omsk', PARTA_ROSTER_MAX_ENDED_SHARE: '0.1' })).toEqual({
      defaultTimeZone: 'Asia/Omsk',
      maxEndedShare: 0.1,
    });
  });

  it('refuses a share that is none', () => {
    expect(() => configFrom({ PARTA_ROSTER_MAX_ENDED_SHARE: '5 %' })).toThrow(/between 0 and 1/);
  });

  it('takes how many packages of a sender may wait, and refuses what is no such number', () => {
    expect(configFrom({ PARTA_ROSTERS_WAITING: '3' })).toMatchObject({ maxRostersWaiting: 3 });
    expect(() => configFrom({ PARTA_ROSTERS_WAITING: '0' })).toThrow(/whole number from 1/);
  });

  it('takes what is empty for what is not said, as compose hands it on', () => {
    const empty = { PARTA_ROSTER_MAX_ENDED_SHARE: '', PARTA_ROSTERS_WAITING: '', PARTA_TIME_ZONE: '' };
    expect(configFrom(empty)).toEqual(configFrom({}));
  });
});
