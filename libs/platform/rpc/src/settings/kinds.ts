import { isIP } from 'node:net';

/** What values a setting takes. */
export interface Kind<T> {
  /** how the value is described to whoever has set another: «a whole number from 1 to 65535» */
  says: string;
  /** @returns undefined for a text that is no such value */
  read(text: string): T | undefined;
}

const kind = <T>(says: string, read: Kind<T>['read']): Kind<T> => ({ says, read });

/** A whole number in decimal digits; both ends belong to the range. */
export const whole = (min: number, max: number): Kind<number> =>
  kind(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  });

export const port = whole(1, 65_535);

/** A number with or without a fraction; both ends belong to the range. */
export const number = (min: number, max: number): Kind<number> =>
  kind(`a number from ${min} to ${max}`, (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  });

export const flag: Kind<boolean> = kind('true or false', (text) =>
  text === 'true' ? true : text === 'false' ? false : undefined,
);

export const text: Kind<string> = kind('a text', (value) => value);

export const file: Kind<string> = kind('the path of a file', (value) => value);

export const folder: Kind<string> = kind('the path of a folder', (value) => value);

export const oneOf = <T extends string>(...values: readonly T[]): Kind<T> =>
  kind(`one of ${values.join(', ')}`, (value) => values.find((one) => one === value));

export const email: Kind<string> = kind('an e-mail address', (value) =>
  /^[^\s@+<>]{1,20}@[^\s@<>]+\.[^\s@<>]+$/.test(value) ? value : undefined,
);

/** @param schemes without the colon */
export const url = (...schemes: readonly string[]): Kind<string> =>
  kind(`an address that begins with ${schemes.map((one) => `${one}://`).join(' or ')}`, (value) =>
    schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value) ? value : undefined,
  );

/** An address of PostgreSQL, with or without a password; signs that an address gives a meaning to are to be encoded in it. */
export const postgresUrl: Kind<string> = kind(
  'postgres://user[:password]@host[:port]/database, where a password with signs such as / # ? @ % is percent-encoded',
  (value) => {
    if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) return undefined;
    try {
      const { username, password, hostname, hash } = new URL(value);
      decodeURIComponent(username);
      decodeURIComponent(password);
      return hostname && !hash ? value : undefined;
    } catch {
      return undefined;
    }
  },
);

/** Addresses of NATS, comma-separated; the scheme may be left out. */
export const natsUrls: Kind<string> = kind('nats://host:port, or tls://…, several with commas', (value) =>
  value
    .split(',')
    .map((one) => one.trim())
    .every((one) => URL.canParse(one.includes('://') ? one : `nats://${one}`) && !/^https?:/.test(one))
    ? value
    : undefined,
);

export const host: Kind<string> = kind('an IP address or a host name', (value) =>
  isIP(value) !== 0 || (/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(value) && !/^[\d.]+$/.test(value))
    ? value
    : undefined,
);

export const timeZone: Kind<string> = kind('an IANA time zone such as Asia/Omsk', (value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone ? value : undefined;
  } catch {
    return undefined;
  }
});

/** Sets of addresses that have a name: this machine, and what is reserved for private networks. */
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses and networks, comma-separated. */
export const networks: Kind<readonly string[]> = kind(
  `addresses or networks with commas, such as 192.0.2.10 or 10.0.0.0/8 (or ${NAMED_NETWORKS.join(', ')})`,
  (value) => {
    const all = value.split(',').map((one) => one.trim());
    return all.every((one) => NAMED_NETWORKS.includes(one) || isNetwork(one)) ? all : undefined;
  },
);

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
