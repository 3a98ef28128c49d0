import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { Database, sql } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';
import { Outgoing } from '../messages/outgoing.js';
import { addressHash } from './contact-keys.js';
import { contactIs } from './contact-rows.js';
import { CONSENT_VERSION, consentText } from './consent-texts.js';

/** Whose will it is, and how it was expressed. */
export interface Will {
  schoolId: string;
  personId: string;
  channel: Channel;
  accountId: string | null;
  how: 'code' | 'settings' | 'letter-link' | 'sms-reply' | 'complaint';
  ipAddress: string | null;
  userAgent: string | null;
}

/** Consents as evidence, and the contacts that follow from them. */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly outgoing: Outgoing,
  ) {}

  /** Opens a contact at a proven address. */
  async give(will: Will, address: string, now: Date): Promise<void> {
    const at = now.toISOString();
    const token = randomBytes(24).toString('base64url');
    await this.record(will, address, 'given', now);
    const kept = await this.database.row<{ token: string }>(sql`
      insert into contacts (school_id, person_id, channel, address, state, opened_at, changed_at, unsubscribe_token)
      values (${will.schoolId}, ${will.personId}, ${will.channel}, ${address}, 'open', ${at}, ${at}, ${token})
      on conflict (school_id, person_id, channel) do update set address = excluded.address, state = 'open',
        opened_at = excluded.opened_at, changed_at = excluded.changed_at, undelivered_in_a_row = 0,
        unsubscribe_token = case when contacts.address = excluded.address then contacts.unsubscribe_token
          else excluded.unsubscribe_token end
      returning unsubscribe_token as token`);
    await this.database.run(sql`
      insert into contact_addresses (address_hash, school_id, person_id, channel)
      values (${addressHash(will.channel, address)}, ${will.schoolId}, ${will.personId}, ${will.channel})
      on conflict (school_id, person_id, channel) do update set address_hash = excluded.address_hash`);
    await this.outgoing.redirect(will.schoolId, will.personId, will.channel, address);
    if (will.channel === 'email') await this.keepLink(will, tokenHash(kept!.token));
  }

  /** One link for one address: letters in a mailbox that was given up say nothing about the new one. */
  private async keepLink({ schoolId, personId }: Will, hash: string): Promise<void> {
    await this.database.run(sql`
      delete from unsubscribe_tokens
      where school_id = ${schoolId} and person_id = ${personId} and token_hash <> ${hash}`);
    await this.database.run(sql`
      insert into unsubscribe_tokens (token_hash, school_id, person_id) values (${hash}, ${schoolId}, ${personId})
      on conflict do nothing`);
  }

  /** Closes a contact, forgets what was chosen for it and drops what waits; false when it was not open. */
  async takeBack(will: Will, now: Date): Promise<boolean> {
    const key = contactIs(will.schoolId, will.personId, will.channel);
    const closed = await this.database.row<{ address: string }>(sql`
      update contacts set state = 'revoked', changed_at = ${now.toISOString()}
      where ${key} and state in ('open', 'failed') returning address`);
    if (!closed) return false;
    await this.record(will, closed.address, 'taken-back', now);
    await this.database.run(sql`delete from choices where ${key}`);
    await this.database.run(sql`
      update choice_versions set version = version + 1
      where school_id = ${will.schoolId} and person_id = ${will.personId}`);
    await this.outgoing.cancelAll(will.schoolId, will.personId, will.channel);
    return true;
  }

  /**
   * Closes every contact at an address, at whatever school: the reader of the mailbox or the holder of the number has said so.
   * Inside a unit of work that may see no school yet.
   */
  async takeBackAt(hash: string, channel: Channel, how: 'sms-reply' | 'complaint', now: Date): Promise<void> {
    const contacts = await this.database.rows<{ schoolId: string; personId: string }>(sql`
      select school_id as "schoolId", person_id as "personId" from contact_addresses
      where address_hash = ${hash} and channel = ${channel}`);
    if (contacts.length === 0) return;
    this.database.see({ schools: [...new Set(contacts.map(({ schoolId }) => schoolId))] });
    for (const contact of contacts)
      await this.takeBack(
        { ...contact, channel, accountId: null, how, ipAddress: null, userAgent: null },
        now,
      );
  }

  private async record(will: Will, address: string, event: 'given' | 'taken-back', now: Date): Promise<void> {
    const school = await this.database.row<{ name: string }>(
      sql`select name from schools where school_id = ${will.schoolId}`,
    );
    await this.database.run(sql`
      insert into consents (school_id, id, person_id, account_id, channel, address, event, how, text_version, text, at, ip_address,
        user_agent)
      values (${will.schoolId}, ${uuidv7()}, ${will.personId}, ${will.accountId}, ${will.channel}, ${address}, ${event}, ${will.how},
        ${CONSENT_VERSION}, ${consentText(will.channel, school!.name)}, ${now.toISOString()}, ${will.ipAddress}, ${will.userAgent})`);
  }
}

/** The table of links is read across schools, so it holds hashes: reading it is not enough to unsubscribe anybody. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
