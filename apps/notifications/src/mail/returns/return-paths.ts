import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';

/** Letters and digits that survive a change of case on the way; RFC 4648, base 32 in small letters. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_BYTES = 16;
const SIGNATURE_BYTES = 8;
const SECRET_BYTES = 32;
/** 24 bytes in base 32. */
const TOKEN = /\+([a-z2-7]{39})@/gi;

/**
 * A return path of its own for each letter (VERP): `returns+<message, signed>@…`. Whatever comes back to it is about that
 * letter, however the bounce is written, and nobody can make one up. The key is made once for the installation and kept in
 * the database.
 */
@Injectable()
export class ReturnPaths {
  private secret: Promise<Buffer> | undefined;

  constructor(private readonly database: Database) {}

  /** @param address `returns@school.example`, whose server hands `returns+…@school.example` over too */
  async pathOf(address: string, messageId: string): Promise<string> {
    const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
    const token = inBase32(Buffer.concat([id, signatureOf(id, await this.key())]));
    const at = address.lastIndexOf('@');
    return `${address.slice(0, at)}+${token}${address.slice(at)}`;
  }

  /** The messages whose return paths a text names, with signatures that are right; the first first. */
  async messagesIn(text: string): Promise<string[]> {
    const key = await this.key();
    const found = [...text.matchAll(TOKEN)].flatMap(([, token]) => {
      const bytes = ofBase32(token!.toLowerCase());
      const [id, signature] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
      return timingSafeEqual(signature, signatureOf(id, key)) ? [asUuid(id)] : [];
    });
    return [...new Set(found)];
  }

  private key(): Promise<Buffer> {
    this.secret ??= this.load().catch((error: unknown) => {
      this.secret = undefined;
      throw error;
    });
    return this.secret;
  }

  private load(): Promise<Buffer> {
    return this.database.write(NO_SCHOOL, async () => {
      await this.database.run(sql`
        insert into return_keys (id, secret) values (1, ${randomBytes(SECRET_BYTES).toString('base64')})
        on conflict do nothing`);
      const row = await this.database.row<{ secret: string }>(
        sql`select secret from return_keys where id = 1`,
      );
      return Buffer.from(row!.secret, 'base64');
    });
  }
}

const signatureOf = (id: Buffer, key: Buffer): Buffer =>
  createHmac('sha256', key).update(id).digest().subarray(0, SIGNATURE_BYTES);

const asUuid = (id: Buffer): string =>
  id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function inBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function ofBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
