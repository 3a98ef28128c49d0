import { Injectable } from '@nestjs/common';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { UNDELIVERED_LIMIT } from '../contacts/contact-limits.js';
import { MessageMetrics } from '../messages/message-metrics.js';
import type { TakenPart } from '../messages/outcome.js';
import { NotificationsSettings } from '../notifications.settings.js';
import type { Receipt } from './delivery-reading.js';
import { isSameId } from './message-ids.js';
import { numberHash } from './numbers.js';
import { namesOfNumbers, namesWith, replaces } from './receipt-states.js';

/** An answer is not waited for longer; what came before that was about an earlier message of the same id. */
const EARLY_MINUTES = 5;
/** Of one number so many short messages are looked through, the newest first; ids are 30 days old at most. */
const LOOKED_THROUGH = 500;

const DELIVERED = namesWith('delivered');
const FAILED = namesWith('failed');
const ABOUT_NUMBERS = namesOfNumbers('failed');

interface Part {
  message_id: string;
  school_id: string;
  part: number;
  provider_id: string;
  state: string | null;
}

/** Delivery receipts, whenever they come: they may overtake the answer to the submission, and their ids may be written otherwise. */
@Injectable()
export class SmsReceipts {
  constructor(
    private readonly database: Database,
    private readonly metrics: MessageMetrics,
    private readonly settings: NotificationsSettings,
  ) {}

  /**
   * Keeps a receipt, with what follows for its message: a part that is known to have arrived would not be asked about again.
   * @throws when it cannot be kept; the centre then sends it again
   */
  async receive(receipt: Receipt, now: Date): Promise<void> {
    this.metrics.receipt(receipt.state.name);
    if (receipt.state.outcome === 'pending') return;
    const hashes = [...new Set(receipt.addresses.map(numberHash))];
    const state = receipt.saidState ?? receipt.state.name;
    await this.database.write(NO_SCHOOL, async () => {
      await this.lockHashes(hashes);
      const found = await this.partOf(receipt, hashes);
      // None, or one that said so before: centres begin to count anew, and this may be of a message not yet answered for.
      if (!found) {
        await this.database.run(sql`
          insert into early_receipts (provider_id, address_hash, state, error, received_at)
          select ${receipt.providerIds.join(' ')}, hash, ${state}, ${receipt.error}, ${now.toISOString()}
          from unnest(${hashes}::text[]) as hash
          on conflict (provider_id, address_hash)
            do update set state = excluded.state, error = excluded.error, received_at = excluded.received_at`);
        return;
      }
      await this.database.run(sql`
        update sms_parts set state = ${state}, error = ${receipt.error}
        where message_id = ${found.message_id} and part = ${found.part}`);
      this.database.see({ schools: [found.school_id] });
      await this.conclude(found.school_id, found.message_id, now);
    });
  }

  /** The part that the receipt tells something new of: one that nothing is known of before others, then the newest. */
  private async partOf(receipt: Receipt, hashes: readonly string[]): Promise<Part | undefined> {
    const parts = await this.database.rows<Part>(sql`
      select message_id, school_id, part, provider_id, state from sms_parts where address_hash = any (${hashes}::text[])
      order by state is null desc, submitted_at desc, message_id, part limit ${LOOKED_THROUGH}`);
    const open = parts.filter((part) => replaces(part.state, receipt.state));
    return (
      open.find((part) => receipt.providerIds.includes(part.provider_id)) ??
      open.find((part) => receipt.providerIds.some((id) => isSameId(id, part.provider_id)))
    );
  }

  /**
   * Notes the parts that the centre has taken, inside the unit of work that says so and has locked the address; a receipt may
   * be here already.
   */
  async expect(
    message: { messageId: string; schoolId: string; address: string },
    parts: readonly TakenPart[],
    now: Date,
  ): Promise<void> {
    if (parts.length === 0) return;
    const hash = numberHash(message.address);
    for (const { part, providerId } of parts) {
      const early = await this.early(providerId, hash, now);
      await this.database.run(sql`
        insert into sms_parts (message_id, part, school_id, provider_id, address_hash, state, error, submitted_at)
        values (${message.messageId}, ${part}, ${message.schoolId}, ${providerId}, ${hash}, ${early?.state ?? null},
          ${early?.error ?? null}, ${now.toISOString()})
        on conflict (message_id, part) do nothing`);
    }
    await this.conclude(message.schoolId, message.messageId, now);
  }

  /** Takes out the receipt that has overtaken the answer. */
  private async early(
    providerId: string,
    hash: string,
    now: Date,
  ): Promise<{ state: string; error: string | null } | undefined> {
    const waiting = await this.database.rows<{
      provider_id: string;
      state: string;
      error: string | null;
    }>(sql`
      select provider_id, state, error from early_receipts where address_hash = ${hash}
        and received_at > ${now.toISOString()}::timestamptz - make_interval(mins => ${EARLY_MINUTES})`);
    const found = waiting.find((one) => one.provider_id.split(' ').some((id) => isSameId(id, providerId)));
    if (found)
      await this.database.run(sql`
        delete from early_receipts where provider_id = ${found.provider_id} and address_hash = ${hash}`);
    return found;
  }

  /**
   * Without it a receipt and the note of its part, at the same moment, would each not see the other. It comes before the lock of
   * any message, and for all addresses of a unit of work at once, so that nobody waits in a circle.
   */
  lock(addresses: readonly string[]): Promise<void> {
    return this.lockHashes(addresses.map(numberHash));
  }

  private async lockHashes(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    await this.database.run(sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(hash, 1) as key from unnest(${hashes}::text[]) as hash order by key) k`);
  }

  /**
   * A message is delivered when all its parts are, and undelivered when one is not. What arrives after all puts right what
   * was said before; what the centre does not know changes nothing but the remark.
   */
  private async conclude(schoolId: string, messageId: string, now: Date): Promise<void> {
    const settled = await this.database.row<Settled>(sql`
      with was as (
        select id, state from messages
        where school_id = ${schoolId} and id = ${messageId} and state in ('submitted', 'uncertain', 'undelivered')
        for update),
      x as (select count(*) filter (where state = any (${DELIVERED}::text[])) as delivered,
          count(*) filter (where state = any (${FAILED}::text[])) as failed,
          count(*) filter (where state = any (${ABOUT_NUMBERS}::text[])) as about_number,
          count(state) as said,
          max(concat_ws(' ', state, error)) filter (where state = any (${FAILED}::text[])) as failure,
          max(concat_ws(' ', state, error)) filter (where not state = any (${DELIVERED}::text[])) as remark,
          coalesce(json_agg(error) filter (where state = any (${FAILED}::text[]) and error is not null), '[]') as errors
        from sms_parts where message_id = ${messageId})
      update messages m set settled_at = ${now.toISOString()}, problem = coalesce(x.failure, x.remark),
        state = case when x.delivered = m.parts then 'delivered' when x.failed > 0 then 'undelivered' else m.state end
      from was, x
      where m.school_id = ${schoolId} and m.id = was.id and x.said > 0
      returning m.person_id as "personId", m.address, was.state as was, m.state as now, x.errors,
        x.about_number > 0 as "isAboutNumber", coalesce(m.submitted_at, m.created_at)::text as "sentAt"`);
    if (settled && settled.was !== settled.now) await this.judgeContact(schoolId, settled, now);
  }

  /**
   * A contact fails when its number does not exist, or when nothing has arrived several times in a row; it is open again when
   * something has arrived after all. What was sent before the guardian proved the number anew says nothing against it, and
   * what the operator deleted or refused says nothing of the number.
   */
  private async judgeContact(schoolId: string, settled: Settled, now: Date): Promise<void> {
    const { personId, address, errors, sentAt } = settled;
    const isContact = sql`school_id = ${schoolId} and person_id = ${personId} and channel = 'sms' and address = ${address}
      and opened_at <= ${sentAt}::timestamptz`;
    if (settled.now === 'delivered') {
      await this.database.run(sql`
        update contacts set undelivered_in_a_row = 0, state = case when state = 'failed' then 'open' else state end,
          changed_at = ${now.toISOString()}
        where ${isContact} and (undelivered_in_a_row > 0 or state = 'failed')`);
      return;
    }
    const unknown = (this.settings.sms?.unknownNumberErrors ?? []).map(errorInOneForm);
    const isDead = errors.some((error) => unknown.includes(errorInOneForm(error)));
    if (!isDead && !settled.isAboutNumber) return;
    await this.database.run(sql`
      update contacts set undelivered_in_a_row = undelivered_in_a_row + 1,
        state = case when state = 'open' and (${isDead}::boolean or undelivered_in_a_row + 1 >= ${UNDELIVERED_LIMIT})
          then 'failed' else state end, changed_at = ${now.toISOString()}
      where ${isContact}`);
  }
}

interface Settled {
  personId: string;
  address: string;
  was: string;
  now: string;
  isAboutNumber: boolean;
  errors: string[];
  sentAt: string;
}

/** `err 00b`, `0B` and `00B` are one error of a centre. */
const errorInOneForm = (error: string): string =>
  error
    .replace(/^err /, '')
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
