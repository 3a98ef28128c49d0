import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { UNDELIVERED_LIMIT } from '../contacts/contact-limits.js';
import { MessageMetrics } from '../messages/message-metrics.js';
import type { TakenPart } from '../messages/outcome.js';
import { NotificationsSettings } from '../notifications.settings.js';

/** What a receipt says of one short message. */
export interface Receipt {
  providerId: string;
  /** the number it was sent to */
  address: string;
  /** DELIVRD, UNDELIV, EXPIRED, REJECTD … */
  state: string;
  error: string | null;
}

/** An answer is not waited for longer; what came before that was about an earlier message of the same id. */
const EARLY_MINUTES = 5;

const DELIVERED = 'DELIVRD';
/** On the way: nothing is known yet. */
const UNFINISHED = ['ENROUTE', 'ACCEPTD', 'SCHEDULED'];

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
    if (UNFINISHED.includes(receipt.state)) return;
    this.metrics.receipt(receipt.state);
    const hash = hashOf(receipt.address);
    await this.database.write(NO_SCHOOL, async () => {
      await this.lock([receipt.address]);
      const found = await this.database.row<{ message_id: string; school_id: string; part: number }>(sql`
        select message_id, school_id, part from sms_parts
        where provider_id = any (${writings(receipt.providerId)}::text[]) and address_hash = ${hash}
          and state is distinct from ${receipt.state}
        order by state is null desc, provider_id = ${receipt.providerId} desc, submitted_at desc limit 1`);
      // None, or one that said so before: centres begin to count anew, and this may be of a message not yet answered for.
      if (!found) {
        await this.database.run(sql`
          insert into early_receipts (provider_id, address_hash, state, error, received_at)
          values (${receipt.providerId}, ${hash}, ${receipt.state}, ${receipt.error}, ${now.toISOString()})
          on conflict (provider_id, address_hash)
            do update set state = excluded.state, error = excluded.error, received_at = excluded.received_at`);
        return;
      }
      await this.database.run(sql`
        update sms_parts set state = ${receipt.state}, error = ${receipt.error}
        where message_id = ${found.message_id} and part = ${found.part}`);
      this.database.see({ schools: [found.school_id] });
      await this.conclude(found.school_id, found.message_id, now);
    });
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
    const hash = hashOf(message.address);
    for (const { part, providerId } of parts) {
      const early = await this.database.row<{ state: string; error: string | null }>(sql`
        delete from early_receipts where provider_id = any (${writings(providerId)}::text[]) and address_hash = ${hash}
          and received_at > ${now.toISOString()}::timestamptz - make_interval(mins => ${EARLY_MINUTES})
        returning state, error`);
      await this.database.run(sql`
        insert into sms_parts (message_id, part, school_id, provider_id, address_hash, state, error, submitted_at)
        values (${message.messageId}, ${part}, ${message.schoolId}, ${providerId}, ${hash}, ${early?.state ?? null},
          ${early?.error ?? null}, ${now.toISOString()})
        on conflict (message_id, part) do nothing`);
    }
    await this.conclude(message.schoolId, message.messageId, now);
  }

  /**
   * Without it a receipt and the note of its part, at the same moment, would each not see the other. It comes before the lock of
   * any message, and for all addresses of a unit of work at once, so that nobody waits in a circle.
   */
  async lock(addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return;
    await this.database.run(sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(hash, 1) as key from unnest(${addresses.map(hashOf)}::text[]) as hash order by key) k`);
  }

  /** A message is delivered when all its parts are, and undelivered when one is not. */
  private async conclude(schoolId: string, messageId: string, now: Date): Promise<void> {
    const settled = await this.database.row<Settled>(sql`
      update messages m set state = case when x.delivered = m.parts then 'delivered' else 'undelivered' end, problem = x.problem,
        settled_at = ${now.toISOString()}
      from (select count(*) filter (where state = ${DELIVERED}) as delivered,
          count(*) filter (where state <> ${DELIVERED}) as failed,
          max(concat_ws(' ', state, error)) filter (where state <> ${DELIVERED}) as problem,
          coalesce(json_agg(error) filter (where state <> ${DELIVERED} and error is not null), '[]') as errors
        from sms_parts where message_id = ${messageId}) x
      where m.school_id = ${schoolId} and m.id = ${messageId} and m.state in ('submitted', 'uncertain')
        and (x.delivered = m.parts or x.failed > 0)
      returning m.person_id as "personId", m.address, m.state = 'delivered' as "isDelivered", x.errors,
        coalesce(m.submitted_at, m.created_at)::text as "sentAt"`);
    if (settled) await this.judgeContact(schoolId, settled, now);
  }

  /**
   * A contact fails when its number does not exist, or when nothing has arrived several times in a row. What was sent before
   * the guardian proved the number anew says nothing against it.
   */
  private async judgeContact(
    schoolId: string,
    { personId, address, isDelivered, errors, sentAt }: Settled,
    now: Date,
  ): Promise<void> {
    const unknown = this.settings.sms?.unknownNumberErrors ?? [];
    const isDead = !isDelivered && errors.some((error) => unknown.includes(error.replace(/^err /, '')));
    await this.database.run(sql`
      update contacts set undelivered_in_a_row = case when ${isDelivered}::boolean then 0 else undelivered_in_a_row + 1 end,
        state = case when state = 'open' and not ${isDelivered}::boolean
            and (${isDead}::boolean or undelivered_in_a_row + 1 >= ${UNDELIVERED_LIMIT})
          then 'failed' else state end, changed_at = ${now.toISOString()}
      where school_id = ${schoolId} and person_id = ${personId} and channel = 'sms' and address = ${address}
        and opened_at <= ${sentAt}::timestamptz and not (${isDelivered}::boolean and undelivered_in_a_row = 0)`);
  }
}

interface Settled {
  personId: string;
  address: string;
  isDelivered: boolean;
  errors: string[];
  sentAt: string;
}

const hashOf = (address: string): string =>
  createHash('sha256').update(address.replace(/\D/g, '')).digest('base64url');

/**
 * The ways a centre may write an id: as it is, and the same number in the other system, since some answer in hexadecimal
 * and send receipts in decimal.
 */
export function writings(id: string): string[] {
  const lower = id.toLowerCase();
  const all = new Set([id, lower, id.toUpperCase()]);
  if (/^\d{1,20}$/.test(id)) all.add(BigInt(id).toString(16)).add(BigInt(id).toString(16).toUpperCase());
  if (/^[0-9a-f]{1,16}$/.test(lower)) all.add(BigInt(`0x${lower}`).toString());
  return [...all];
}
