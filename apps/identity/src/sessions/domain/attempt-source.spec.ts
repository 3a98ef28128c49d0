import { expect, it } from '@jest/globals';
import { sourceOf } from './attempt-source.js';

it.each([
  [{ address: '192.0.2.1' }, 'address:192.0.2.1', false],
  [{ address: '::ffff:192.0.2.1' }, 'address:192.0.2.1', false],
  [{ address: '2001:db8:1:2:3:4:5:6' }, 'address:2001:db8:1:2::/64', false],
  [{ address: '2001:db8:1:2::9' }, 'address:2001:db8:1:2::/64', false],
  [{ address: '2001:0DB8:0001:2::' }, 'address:2001:db8:1:2::/64', false],
  [{ address: '::1' }, 'address:0:0:0:0::/64', false],
  [{ address: 'fe80::1%eth0' }, 'address:fe80:0:0:0::/64', false],
  [{ address: null }, 'address:unknown', false],
  [{ address: '192.0.2.1', deviceId: 'd' }, 'device:d', true],
  [{ address: '192.0.2.1', sessionId: 's' }, 'session:s', true],
])('an attempt from %j is counted as %s', (from, key, isKnown) => {
  expect(sourceOf(from)).toEqual({ key, isKnown });
});
