import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { NotificationsSettings } from '../notifications.settings.js';
import { SmsReceipts } from '../sms/receipts.js';
import { countParts } from '../sms/sms-text.js';
import { AddressesInHand } from './addresses-in-hand.js';
import { isDataError } from './data-error.js';
import { fateOf, lockDue, wordingOf, type DueMessage } from './due-messages.js';
import { foreignText, PROBLEM_LENGTH, wellFormed } from './foreign-text.js';
import type { Handover, Outcome } from './outcome.js';

/** Looks at the queue in one claim; each looks past what waits for addresses in hand. */
const MAX_TURNS = 20;
const RETRY_SECONDS = [10, 30, 120, 600, 1800, 3600];

const UNWRITABLE = 'the answer cannot be written down';
const KNOWN = 'told at this address by another message';

export interface Claimed extends Handover {
  schoolId: string;
  attempts: number;
}

/** A code must not lie about in the database once it has left or cannot any more. */
const FORGET_CODE = sql.trusted(`text = case when kind = 'code' then null else text end,
  subject = case when kind = 'code' then null else subject end, html = null`);

/** The queue between what is to be said and the carriers: claiming, and writing down what became of it. */
@Injectable()
export class DispatchStore {
  constructor(
    private readonly database: Database,
    private readonly settings: NotificationsSettings,
    private readonly receipts: SmsReceipts,
  ) {}

  /**
   * Takes up to `limit` due messages: each is put together and marked as being handed over before anything leaves. A
   * process that dies after this leaves them `uncertain`, and nobody gets a message twice.
   * @param inHand addresses that get nothing more until the message on its way to them has left
   */
  async claim(
    channel: Channel,
    now: Date,
    limit: number,
    inHand: AddressesInHand = new AddressesInHand(),
  ): Promise<Claimed[]> {
    const claimed: Claimed[] = [];
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const due = await this.due(channel, now, limit, inHand.held);
      if (due.length === 0) break;
      const before = inHand.held.length;
      claimed.push(...(await this.claimOf(channel, now, due, inHand)));
      // All that was due waits for addresses in hand: others may be due behind it.
      if (claimed.length > 0 || due.length < limit || inHand.held.length === before) break;
    }
    return claimed;
  }

  private due(
    channel: Channel,
    now: Date,
    limit: number,
    held: readonly string[],
  ): Promise<{ message_id: string; school_id: string }[]> {
    return this.database.read(NO_SCHOOL, () =>
      this.database.rows(sql`
        select message_id, school_id from queue where channel = ${channel} and due_at <= ${now.toISOString()}
          and claimed_at is null and not message_id = any (${held}::uuid[]) order by due_at limit ${limit}`),
    );
  }

  private async claimOf(
    channel: Channel,
    now: Date,
    due: readonly { message_id: string; school_id: string }[],
    inHand: AddressesInHand,
  ): Promise<Claimed[]> {
    const schools = [...new Set(due.map((row) => row.school_id))];
    const held: DueMessage[] = [];
    const leaving = await this.database.write({ schools }, async () => {
      const messages = await lockDue(
        this.database,
        schools,
        due.map((row) => row.message_id),
      );
      const leaving: Claimed[] = [];
      // One at a time to an address: whether the next tells anything new is known when the one before has left.
      const addresses = new Set<string>();
      for (const message of messages) {
        const fate = fateOf(message, now);
        if (fate instanceof Date) this.hold(message, fate);
        else if (fate === 'expired' || fate === 'cancelled') this.end(message, fate, now);
        else if (inHand.has(message.address) || addresses.has(message.address.toLowerCase()))
          held.push(message);
        else {
          this.join(message);
          if (fate === 'known') this.end(message, 'cancelled', now, KNOWN);
          else {
            const handed = this.handover(channel, message, now);
            if (handed.length > 0) addresses.add(message.address.toLowerCase());
            leaving.push(...handed);
          }
        }
      }
      this.database.send(sql`
        update messages m set state = 'sending', attempts = m.attempts + 1, subject = x.subject, text = x.text, html = x.html,
          parts = x.parts, problem = null
        from jsonb_to_recordset(${JSON.stringify(
          leaving.map((one) => ({
            ...one,
            school_id: one.schoolId,
            parts: channel === 'sms' ? countParts(one.text) : 0,
          })),
        )}::jsonb) as x(school_id uuid, "messageId" uuid, subject text, text text, html text, parts int)
        where m.school_id = x.school_id and m.id = x."messageId"`);
      this.database.send(sql`
        update queue set claimed_at = ${now.toISOString()} where message_id = any (${leaving.map((one) => one.messageId)}::uuid[])`);
      if (channel === 'email' && this.settings.mail?.returns)
        this.database.send(sql`
          insert into mail_returns (message_id, school_id, sent_at)
          select x."messageId", x."schoolId", ${now.toISOString()}
          from jsonb_to_recordset(${JSON.stringify(leaving.map(({ messageId, schoolId }) => ({ messageId, schoolId })))}::jsonb)
            as x("messageId" uuid, "schoolId" uuid)
          on conflict (message_id) do update set sent_at = excluded.sent_at`);
      return leaving;
    });
    for (const { address } of leaving) inHand.take(address);
    for (const { address, messageId } of held) inHand.hold(address, messageId);
    return leaving;
  }

  /**
   * Writes down what became of a claimed message, in a transaction of its own: no message holds another.
   * @param isLate the message was given up before: only while it is uncertain about this attempt, the outcome counts
   * @throws when it cannot be written now; when it never can, it is written without what the other side said
   */
  async settle(
    channel: Channel,
    message: Claimed,
    outcome: Outcome,
    now: Date,
    isLate = false,
  ): Promise<void> {
    try {
      await this.write(channel, message, outcome, now, isLate);
    } catch (error) {
      if (!isDataError(error)) throw error;
      const { parts: _parts, ...plain } = outcome;
      const said = plain.kind === 'submitted' ? plain : { ...plain, problem: UNWRITABLE };
      await this.write(channel, message, said, now, isLate);
    }
  }

  private async write(
    channel: Channel,
    message: Claimed,
    outcome: Outcome,
    now: Date,
    isLate: boolean,
  ): Promise<void> {
    const schools = [message.schoolId];
    await this.database.write({ schools }, async () => {
      if (outcome.parts?.length) await this.receipts.lock([message.address]);
      if (isLate && !(await this.isUncertain(message))) return;
      if (outcome.kind === 'later') this.postpone(message, outcome, now);
      else this.conclude(channel, message, outcome, now);
      if (outcome.parts?.length) await this.receipts.expect(message, outcome.parts, now);
    });
  }

  /** Whether nobody knows yet what became of this attempt. */
  private async isUncertain({ schoolId, messageId, attempts }: Claimed): Promise<boolean> {
    const found = await this.database.row(sql`
      select 1 from messages where school_id = ${schoolId} and id = ${messageId} and state = 'uncertain'
        and attempts = ${attempts + 1} for update`);
    return found !== undefined;
  }

  /** Messages that a process which is no more was handing over: nobody knows whether they have left. @param inHand those of this process */
  async recover(channel: Channel, now: Date, inHand: readonly string[] = []): Promise<number> {
    const left = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ message_id: string; school_id: string }>(
        sql`select message_id, school_id from queue where channel = ${channel} and claimed_at is not null
          and not message_id = any (${inHand}::uuid[])`,
      ),
    );
    if (left.length === 0) return 0;
    const ids = left.map((row) => row.message_id);
    const schools = [...new Set(left.map((row) => row.school_id))];
    await this.database.write({ schools }, async () => {
      await this.database.run(sql`
        update messages set state = 'uncertain', settled_at = ${now.toISOString()}, problem = 'handing over was interrupted',
          ${FORGET_CODE}
        where school_id = any (${schools}::uuid[]) and id = any (${ids}::uuid[]) and state = 'sending'`);
      await this.database.run(
        sql`delete from queue where message_id = any (${ids}::uuid[]) and claimed_at is not null`,
      );
    });
    return left.length;
  }

  /** How many wait, and for how many seconds the oldest has, counted from when it was due first, however often it was tried. */
  async backlog(channel: Channel, now: Date): Promise<{ waiting: number; overdue: number }> {
    return (await this.database.read(NO_SCHOOL, () =>
      this.database.row<{ waiting: number; overdue: number }>(sql`
        select count(*)::int as waiting,
          greatest(0, coalesce(extract(epoch from ${now.toISOString()}::timestamptz - min(coalesce(first_due_at, due_at))), 0))::float8
            as overdue
        from queue where channel = ${channel}`),
    ))!;
  }

  /** The message as it leaves; none when it cannot be put together, and then it is refused and holds nobody. */
  private handover(channel: Channel, message: DueMessage, now: Date): Claimed[] {
    const { publicUrl } = this.settings;
    const unsubscribeUrl =
      publicUrl && message.unsubscribeToken && message.kind !== 'code'
        ? `${publicUrl}/unsubscribe/${message.unsubscribeToken}`
        : null;
    const { messageId, schoolId, address, attempts, partsTaken, usefulUntil } = message;
    try {
      const { subject, text, html } = wordingOf(channel, message, publicUrl, unsubscribeUrl);
      const wording = {
        subject: subject === null ? null : wellFormed(subject),
        text: wellFormed(text),
        html: html === null ? null : wellFormed(html),
      };
      return [
        { messageId, schoolId, address, attempts, partsTaken, unsubscribeUrl, usefulUntil, ...wording },
      ];
    } catch (error) {
      const problem = `cannot be put together: ${(error as Error).message}`;
      this.end(message, 'refused', now, foreignText(problem, PROBLEM_LENGTH));
      return [];
    }
  }

  private hold({ schoolId, messageId }: DueMessage, until: Date): void {
    const dueAt = until.toISOString();
    this.database.send(sql`
      update messages set due_at = ${dueAt} where school_id = ${schoolId} and id = ${messageId}`);
    this.database.send(
      sql`update queue set due_at = ${dueAt}, first_due_at = ${dueAt} where message_id = ${messageId}`,
    );
  }

  /** What the address knows counts as told by the message that told it. */
  private join({ schoolId, known }: DueMessage): void {
    if (known.length === 0) return;
    this.database.send(sql`
      update notices n set message_id = x."byMessageId"
      from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as x("noticeId" uuid, "byMessageId" uuid)
      where n.school_id = ${schoolId} and n.id = x."noticeId"`);
  }

  private end(
    { schoolId, messageId }: DueMessage,
    state: string,
    now: Date,
    problem: string | null = null,
  ): void {
    this.database.send(sql`
      update messages set state = ${state}, problem = coalesce(${problem}, problem), settled_at = ${now.toISOString()}, ${FORGET_CODE}
      where school_id = ${schoolId} and id = ${messageId}`);
    this.database.send(sql`delete from queue where message_id = ${messageId}`);
  }

  /** Back into the queue, also when another process has taken the message for interrupted meanwhile: it has not left. */
  private postpone(message: Claimed, outcome: Extract<Outcome, { kind: 'later' }>, now: Date): void {
    // The channel's own trouble is waited out by the dispatcher and is no attempt of the message.
    const wait =
      outcome.trouble !== 'message'
        ? 0
        : RETRY_SECONDS[Math.min(message.attempts, RETRY_SECONDS.length - 1)]!;
    const dueAt = new Date(now.getTime() + wait * 1000).toISOString();
    this.database.send(sql`
      with put_back as (
        update messages set state = 'waiting', due_at = ${dueAt}, problem = ${foreignText(outcome.problem, PROBLEM_LENGTH)}, settled_at = null,
          attempts = ${outcome.trouble === 'message' ? message.attempts + 1 : message.attempts},
          has_begun = has_begun or ${Boolean(outcome.parts?.length)}
        where school_id = ${message.schoolId} and id = ${message.messageId} and state in ('sending', 'uncertain')
          and text is not null
        returning id, school_id, channel, due_at)
      insert into queue (message_id, school_id, channel, due_at, first_due_at)
      select id, school_id, channel, due_at, ${now.toISOString()} from put_back
      on conflict (message_id) do update set due_at = excluded.due_at, claimed_at = null`);
  }

  private conclude(
    channel: Channel,
    message: Claimed,
    outcome: Exclude<Outcome, { kind: 'later' }>,
    now: Date,
  ): void {
    const at = now.toISOString();
    const problem = outcome.kind === 'submitted' ? null : foreignText(outcome.problem, PROBLEM_LENGTH);
    this.database.send(sql`
      with concluded as (
        update messages set state = ${outcome.kind}, problem = ${problem}, settled_at = ${at},
          submitted_at = ${outcome.kind === 'submitted' ? at : null}, ${FORGET_CODE}
        where school_id = ${message.schoolId} and id = ${message.messageId} and state in ('sending', 'uncertain')
        returning id)
      delete from queue q using concluded where q.message_id = concluded.id`);
    if (outcome.kind === 'refused' && outcome.isAddressDead) {
      this.database.send(sql`
        update contacts set state = 'failed', changed_at = ${at}
        where school_id = ${message.schoolId} and channel = ${channel} and address = ${message.address} and state = 'open'`);
    }
  }
}
