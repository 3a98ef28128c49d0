import { isIPv6 } from 'node:net';

/** Where an attempt to sign in comes from. */
export interface AttemptFrom {
  /** the client's address */
  address: string | null;
  /** a device that the account has signed in with before */
  deviceId?: string | null;
  /** a session of the account, in which the password is asked for once more */
  sessionId?: string | null;
}

/** One whose failures are counted together. */
export interface AttemptSource {
  key: string;
  /** the account's holder has been there before */
  isKnown: boolean;
}

/** Failures of a known device or session are its own; others are those of the address, of a network in IPv6. */
export function sourceOf({ address, deviceId, sessionId }: AttemptFrom): AttemptSource {
  if (sessionId) return { key: `session:${sessionId}`, isKnown: true };
  if (deviceId) return { key: `device:${deviceId}`, isKnown: true };
  return { key: `address:${networkOf(address)}`, isKnown: false };
}

/** Whoever has an IPv6 address has a network of 2⁶⁴ of them. */
function networkOf(address: string | null): string {
  if (!address) return 'unknown';
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4) return v4;
  const plain = address.split('%', 1)[0]!;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
