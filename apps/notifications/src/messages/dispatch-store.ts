import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { NotificationsSettings } from '../notifications.settings.js';
import { SmsReceipts } from '../sms/receipts.js';
import { countParts } from '../sms/sms-text.js';
import { isDataError } from './data-error.js';
import { fateOf, lockDue, wordingOf, type DueMessage } from './due-messages.js';
import { foreignText, PROBLEM_LENGTH, wellFormed } from './foreign-text.js';
import type { Handover, Outcome } from './outcome.js';

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
   */
  async claim(channel: Channel, now: Date, limit: number): Promise<Claimed[]> {
    const due = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ message_id: string; school_id: string }>(sql`
        select message_id, school_id from queue where channel = ${channel} and due_at <= ${now.toISOString()}
          and claimed_at is null order by due_at limit ${limit}`),
    );
    if (due.length === 0) return [];
    const schools = [...new Set(due.map((row) => row.school_id))];
    return this.database.write({ schools }, async () => {
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
        else if (!addresses.has(message.address)) {
          addresses.add(message.address);
          this.join(message);
          if (fate === 'known') this.end(message, 'cancelled', now, KNOWN);
          else leaving.push(...this.handover(channel, message, now));
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
      return leaving;
    });
  }

  /**
   * Writes down what became of a claimed message, in a transaction of its own: no message holds another.
   * @throws when it cannot be written now; when it never can, it is written without what the other side said
   */
  async settle(channel: Channel, message: Claimed, outcome: Outcome, now: Date): Promise<void> {
    try {
      await this.write(channel, message, outcome, now);
    } catch (error) {
      if (!isDataError(error)) throw error;
      const { parts: _parts, ...plain } = outcome;
      const said = plain.kind === 'submitted' ? plain : { ...plain, problem: UNWRITABLE };
      await this.write(channel, message, said, now);
    }
  }

  private async write(channel: Channel, message: Claimed, outcome: Outcome, now: Date): Promise<void> {
    const schools = [message.schoolId];
    await this.database.write({ schools }, async () => {
      if (outcome.parts?.length) await this.receipts.lock([message.address]);
      if (outcome.kind === 'later') this.postpone(message, outcome, now);
      else this.conclude(channel, message, outcome, now);
      if (outcome.parts?.length) await this.receipts.expect(message, outcome.parts, now);
    });
  }

  /** Messages that a process which is no more was handing over: nobody knows whether they have left. */
  async recover(channel: Channel, now: Date): Promise<number> {
    const left = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ message_id: string; school_id: string }>(
        sql`select message_id, school_id from queue where channel = ${channel} and claimed_at is not null`,
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

  /** How many wait, and how long the oldest of them is overdue, in seconds. */
  async backlog(channel: Channel, now: Date): Promise<{ waiting: number; overdue: number }> {
    return (await this.database.read(NO_SCHOOL, () =>
      this.database.row<{ waiting: number; overdue: number }>(sql`
        select count(*)::int as waiting,
          greatest(0, coalesce(extract(epoch from ${now.toISOString()}::timestamptz - min(due_at)), 0))::float8 as overdue
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
    const { messageId, schoolId, address, attempts, partsTaken } = message;
    try {
      const { subject, text, html } = wordingOf(channel, message, publicUrl, unsubscribeUrl);
      const wording = {
        subject: subject === null ? null : wellFormed(subject),
        text: wellFormed(text),
        html: html === null ? null : wellFormed(html),
      };
      return [{ messageId, schoolId, address, attempts, partsTaken, unsubscribeUrl, ...wording }];
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
    this.database.send(sql`update queue set due_at = ${dueAt} where message_id = ${messageId}`);
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
    const wait = outcome.isChannelTrouble
      ? 0
      : RETRY_SECONDS[Math.min(message.attempts, RETRY_SECONDS.length - 1)]!;
    const dueAt = new Date(now.getTime() + wait * 1000).toISOString();
    this.database.send(sql`
      with put_back as (
        update messages set state = 'waiting', due_at = ${dueAt}, problem = ${foreignText(outcome.problem, PROBLEM_LENGTH)}, settled_at = null,
          attempts = ${outcome.isChannelTrouble ? message.attempts : message.attempts + 1},
          has_begun = has_begun or ${Boolean(outcome.parts?.length)}
        where school_id = ${message.schoolId} and id = ${message.messageId} and state in ('sending', 'uncertain')
          and text is not null
        returning id, school_id, channel, due_at)
      insert into queue (message_id, school_id, channel, due_at) select id, school_id, channel, due_at from put_back
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
