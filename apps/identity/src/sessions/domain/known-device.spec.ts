import { describe, expect, it } from '@jest/globals';
import { KnownDevices } from './known-device.js';

const at = new Date('2026-11-30T08:00:00Z');
const later = (days: number): Date => new Date(at.getTime() + days * 86_400_000);
const devices = new KnownDevices('the private key');
const account = crypto.randomUUID();

describe('a device', () => {
  it('is known to the accounts that have signed in with it, and to no other', () => {
    const first = devices.afterSignIn(account, undefined, at);
    const other = crypto.randomUUID();
    const both = devices.afterSignIn(other, first, at);
    expect(devices.idFor(account, both, at)).toBe(devices.idFor(account, first, at));
    expect(devices.idFor(other, both, at)).toEqual(expect.any(String));
    expect(devices.idFor(crypto.randomUUID(), both, at)).toBeNull();
  });

  it('keeps its id from one sign-in to the next, and is forgotten after half a year without', () => {
    const first = devices.afterSignIn(account, undefined, at);
    const again = devices.afterSignIn(account, first, later(100));
    expect(again).not.toBe(first);
    expect(devices.idFor(account, again, later(280))).toBe(devices.idFor(account, first, at));
    expect(devices.idFor(account, first, later(181))).toBeNull();
  });

  it('remembers the eight accounts that signed in last', () => {
    let cookie: string | undefined;
    const accounts = Array.from({ length: 9 }, () => crypto.randomUUID());
    for (const one of accounts) cookie = devices.afterSignIn(one, cookie, at);
    expect(accounts.map((one) => devices.idFor(one, cookie, at) !== null)).toEqual([
      false,
      ...Array.from({ length: 8 }, () => true),
    ]);
  });

  it('cannot be made up', () => {
    const real = devices.afterSignIn(account, undefined, at);
    const foreign = new KnownDevices('another key').afterSignIn(account, undefined, at);
    const changed = Buffer.from(real, 'base64url');
    changed[20]! ^= 1;
    for (const cookie of [foreign, changed.toString('base64url'), 'x', '', '....', 'ы'.repeat(500)])
      expect(devices.idFor(account, cookie, at)).toBeNull();
  });
});
