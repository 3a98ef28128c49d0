import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';
import { composeCode } from '../messages/compose.js';
import { Outgoing } from '../messages/outgoing.js';
import { GUESSES } from './contact-limits.js';
import { contactIs } from './contact-rows.js';

const GOOD_FOR_MINUTES = 10;
const PAUSE_SECONDS = 60;
const CODES_A_DAY = 5;
/** All accounts and schools together: a parent of children at two schools proves an address twice, with a slip or two. */
const CODES_A_DAY_TO_ADDRESS = 6;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface CodeFor {
  schoolId: string;
  personId: string;
  channel: Channel;
}

/**
 * Codes that prove an address: six digits, ten minutes, five guesses, one a minute and five a day; six a day to an address,
 * so that nobody's telephone is pestered from many accounts.
 */
@Injectable()
export class ContactCodes {
  constructor(
    private readonly database: Database,
    private readonly outgoing: Outgoing,
  ) {}

  /**
   * @throws DomainError `notifications.code-too-soon`, `notifications.too-many-codes`,
   *   `notifications.too-many-codes-to-address` with `details.nextCodeAt`
   */
  async send(
    { schoolId, personId, channel }: CodeFor,
    address: string,
    schoolName: string,
    now: Date,
  ): Promise<{ expiresAt: Date; nextCodeAt: Date }> {
    await this.onlyNowAndThen({ schoolId, personId, channel }, now);
    const id = uuidv7();
    await this.countForAddress(address, id, now);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expiresAt = new Date(now.getTime() + GOOD_FOR_MINUTES * 60_000);
    await this.database.run(sql`
      insert into contact_codes (school_id, id, person_id, channel, address, code_hash, created_at, expires_at)
      values (${schoolId}, ${id}, ${personId}, ${channel}, ${address}, ${hashOf(id, code)}, ${now.toISOString()},
        ${expiresAt.toISOString()})`);
    await this.outgoing.enqueueText(
      schoolId,
      { personId, channel, address, key: `code:${id}`, ...composeCode(channel, code, schoolName) },
      now,
    );
    return { expiresAt, nextCodeAt: new Date(now.getTime() + PAUSE_SECONDS * 1000) };
  }

  /**
   * Uses a code up. Guesses are counted, so this runs in a unit of work that is committed whatever the answer.
   * @returns the address it proves, 'wrong', or 'expired' when there is none to guess at
   */
  async use(of: CodeFor, code: string, now: Date): Promise<{ address: string } | 'wrong' | 'expired'> {
    const last = await this.database.row<{
      id: string;
      address: string;
      code_hash: string;
      attempts: number;
    }>(sql`
      select id, address, code_hash, attempts from contact_codes where ${contactIs(of.schoolId, of.personId, of.channel)}
        and used_at is null and expires_at > ${now.toISOString()} order by created_at desc limit 1 for update`);
    if (!last || last.attempts >= GUESSES) return 'expired';
    const key = sql`school_id = ${of.schoolId} and id = ${last.id}`;
    if (!isSame(hashOf(last.id, code), last.code_hash)) {
      await this.database.run(sql`update contact_codes set attempts = attempts + 1 where ${key}`);
      return 'wrong';
    }
    await this.database.run(sql`update contact_codes set used_at = ${now.toISOString()} where ${key}`);
    return { address: last.address };
  }

  private async onlyNowAndThen(of: CodeFor, now: Date): Promise<void> {
    const recent = await this.database.rows<{ created_at: string }>(sql`
      select created_at::text from contact_codes where ${contactIs(of.schoolId, of.personId, of.channel)}
        and created_at > ${new Date(now.getTime() - DAY_MS).toISOString()} order by created_at desc`);
    if (recent.length === 0) return;
    const next = Date.parse(recent[0]!.created_at) + PAUSE_SECONDS * 1000;
    if (next > now.getTime()) throw tooMany('notifications.code-too-soon', next);
    if (recent.length >= CODES_A_DAY)
      throw tooMany('notifications.too-many-codes', Date.parse(recent[CODES_A_DAY - 1]!.created_at) + DAY_MS);
  }

  private async countForAddress(address: string, codeId: string, now: Date): Promise<void> {
    const hash = addressHash(address);
    // Accounts that ask in the same moment would each not see the other's.
    await this.database.run(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 2))`);
    const sent = await this.database.rows<{ at: string }>(sql`
      select sent_at::text as at from codes_sent where address_hash = ${hash}
        and sent_at > ${new Date(now.getTime() - DAY_MS).toISOString()} order by sent_at desc limit ${CODES_A_DAY_TO_ADDRESS}`);
    if (sent.length >= CODES_A_DAY_TO_ADDRESS)
      throw tooMany('notifications.too-many-codes-to-address', Date.parse(sent.at(-1)!.at) + DAY_MS);
    await this.database.run(sql`
      insert into codes_sent (address_hash, code_id, sent_at) values (${hash}, ${codeId}, ${now.toISOString()})`);
  }
}

const tooMany = (code: string, nextCodeAt: number): DomainError =>
  new DomainError('too-many', code, 'a code was sent a short while ago', {
    details: { nextCodeAt: new Date(nextCodeAt).toISOString() },
  });

/** One mailbox is one address, however it is written and whatever follows a plus in it. */
const addressHash = (address: string): string =>
  createHash('sha256')
    .update(address.toLowerCase().replace(/\+[^@]*@/, '@'))
    .digest('base64url');

const hashOf = (id: string, code: string): string =>
  createHash('sha256').update(`${id}:${code}`).digest('base64url');

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
