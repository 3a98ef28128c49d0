import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { parse, stringify, v7 as uuidv7 } from 'uuid';

/** Days for which a device stays known after a sign-in. */
export const DEVICE_KNOWN_DAYS = 180;
/** Accounts that one browser is known to: a family's, or those of a teachers' room. */
const MOST_ACCOUNTS = 8;

const DAY_MS = 86_400_000;
const ID_BYTES = 16;
const PROOF_FROM = 2 * ID_BYTES + 4;
const PROOF_BYTES = 32;

interface Known {
  accountId: string;
  deviceId: string;
  /** days since 1970 */
  day: number;
}

/**
 * Browsers in which somebody has signed in before, by what they keep in a cookie: for each account its id, an id of the device, the day,
 * and a code that only identity can make. Nothing of it is kept here, and it opens nothing: it only tells whose failures are counted together.
 */
export class KnownDevices {
  private readonly key: Buffer;

  /** @param signingKey the private key of access tokens, from which the key of the codes is made */
  constructor(signingKey: string) {
    this.key = Buffer.from(hkdfSync('sha256', signingKey, '', 'parta known devices', 32));
  }

  /** The device's id if the account has signed in with it lately; null otherwise, also for whatever is no such cookie. */
  idFor(accountId: string, cookie: string | undefined, at: Date): string | null {
    return this.read(cookie, at).find((one) => one.accountId === accountId)?.deviceId ?? null;
  }

  /** What the browser is to keep after a sign-in. */
  afterSignIn(accountId: string, cookie: string | undefined, at: Date): string {
    const known = this.read(cookie, at);
    const own = known.find((one) => one.accountId === accountId);
    const others = known.filter((one) => one !== own).slice(1 - MOST_ACCOUNTS);
    return [...others, { accountId, deviceId: own?.deviceId ?? uuidv7(), day: dayOf(at) }]
      .map((one) => this.write(one))
      .join('.');
  }

  private read(cookie: string | undefined, at: Date): Known[] {
    const today = dayOf(at);
    return (cookie ?? '')
      .split('.', MOST_ACCOUNTS)
      .flatMap((text) => this.readOne(Buffer.from(text, 'base64url')) ?? [])
      .filter(({ day }) => day <= today && today - day <= DEVICE_KNOWN_DAYS);
  }

  private readOne(bytes: Buffer): Known | null {
    if (bytes.length !== PROOF_FROM + PROOF_BYTES) return null;
    const content = bytes.subarray(0, PROOF_FROM);
    if (!timingSafeEqual(this.proofOf(content), bytes.subarray(PROOF_FROM))) return null;
    return {
      accountId: stringify(content.subarray(0, ID_BYTES)),
      deviceId: stringify(content.subarray(ID_BYTES, 2 * ID_BYTES)),
      day: content.readUInt32BE(2 * ID_BYTES),
    };
  }

  private write({ accountId, deviceId, day }: Known): string {
    const content = Buffer.alloc(PROOF_FROM);
    content.set(parse(accountId), 0);
    content.set(parse(deviceId), ID_BYTES);
    content.writeUInt32BE(day, 2 * ID_BYTES);
    return Buffer.concat([content, this.proofOf(content)]).toString('base64url');
  }

  private proofOf(content: Buffer): Buffer {
    return createHmac('sha256', this.key).update(content).digest();
  }
}

const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);
