import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { NotificationsSettings } from '../notifications.settings.js';
import type { Notice } from '../notices/notice.js';
import { SmsReceipts } from '../sms/receipts.js';
import { countParts } from '../sms/sms-text.js';
import { compose } from './compose.js';
import type { Handover, Outcome } from './outcome.js';

/** A message that is of no use later: yesterday's absence, a code that has run out. */
const USEFUL_HOURS = 24;
const CODE_USEFUL_MINUTES = 10;
const RETRY_SECONDS = [10, 30, 120, 600, 1800, 3600];

export interface Claimed extends Handover {
  schoolId: string;
  attempts: number;
}

interface ClaimRow {
  messageId: string;
  schoolId: string;
  kind: string;
  address: string;
  createdAt: string;
  attempts: number;
  subject: string | null;
  text: string | null;
  html: string | null;
  isOpen: boolean;
  unsubscribeToken: string | null;
  schoolName: string;
  partsTaken: number[];
  notices: Notice[];
}

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
    const ids = due.map((row) => row.message_id);
    return this.database.write({ schools: [...new Set(due.map((row) => row.school_id))] }, async () => {
      const rows = await this.rows(ids);
      const useless = rows.filter((row) => !isUseful(row, now));
      const unwanted = rows.filter((row) => isUseful(row, now) && !isWanted(row));
      const leaving = rows
        .filter((row) => isUseful(row, now) && isWanted(row))
        .map((row) => this.handover(row));
      await this.end(useless, 'expired', now);
      await this.end(unwanted, 'cancelled', now);
      await this.database.run(sql`
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
      await this.database.run(sql`
        update queue set claimed_at = ${now.toISOString()} where message_id = any (${leaving.map((one) => one.messageId)}::uuid[])`);
      return leaving;
    });
  }

  /** Writes down what became of the claimed messages. */
  async settle(
    channel: Channel,
    outcomes: readonly { message: Claimed; outcome: Outcome }[],
    now: Date,
  ): Promise<void> {
    if (outcomes.length === 0) return;
    const schools = [...new Set(outcomes.map(({ message }) => message.schoolId))];
    await this.database.write({ schools }, async () => {
      for (const { message, outcome } of outcomes) {
        if (outcome.kind === 'later') await this.postpone(message, outcome, now);
        else await this.conclude(channel, message, outcome, now);
        if (outcome.parts?.length) await this.receipts.expect(message, outcome.parts, now);
      }
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
    await this.database.write({ schools: [...new Set(left.map((row) => row.school_id))] }, async () => {
      await this.database.run(sql`
        update messages set state = 'uncertain', settled_at = ${now.toISOString()}, problem = 'handing over was interrupted',
          text = case when kind = 'code' then null else text end, html = null
        where id = any (${left.map((row) => row.message_id)}::uuid[]) and state = 'sending'`);
      await this.database.run(
        sql`delete from queue where message_id = any (${left.map((row) => row.message_id)}::uuid[])`,
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

  private rows(ids: readonly string[]): Promise<ClaimRow[]> {
    return this.database.rows<ClaimRow>(sql`
      select m.id as "messageId", m.school_id as "schoolId", m.kind, m.address, m.created_at::text as "createdAt", m.attempts,
        m.subject, m.text, m.html, c.state is not distinct from 'open' and c.address = m.address as "isOpen",
        c.unsubscribe_token as "unsubscribeToken", s.name as "schoolName",
        (select coalesce(json_agg(p.part), '[]') from sms_parts p where p.message_id = m.id) as "partsTaken",
        (select coalesce(json_agg(json_build_object('kind', n.kind, 'studentId', n.student_id, 'givenName', st.given_name,
            'familyName', st.family_name, 'content', n.content) order by n.occurred_at, n.id), '[]')
          from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
          where n.school_id = m.school_id and n.message_id = m.id) as notices
      from messages m join schools s on s.school_id = m.school_id
        left join contacts c on c.school_id = m.school_id and c.person_id = m.person_id and c.channel = m.channel
      where m.id = any (${ids}::uuid[]) and m.state = 'waiting' for update of m skip locked`);
  }

  private handover(row: ClaimRow): Claimed {
    const { publicUrl } = this.settings;
    const unsubscribeUrl =
      publicUrl && row.unsubscribeToken && row.kind !== 'code'
        ? `${publicUrl}/unsubscribe/${row.unsubscribeToken}`
        : null;
    const channel: Channel = row.address.includes('@') ? 'email' : 'sms';
    // A long SMS that has left in part goes on as it was.
    const isFixed = row.kind === 'code' || row.partsTaken.length > 0;
    const composed = isFixed
      ? { subject: row.subject, text: row.text!, html: row.html }
      : compose(channel, row.notices, { schoolName: row.schoolName, publicUrl, unsubscribeUrl });
    const { messageId, schoolId, address, attempts, partsTaken } = row;
    return { messageId, schoolId, address, attempts, partsTaken, unsubscribeUrl, ...composed };
  }

  private async end(rows: readonly ClaimRow[], state: string, now: Date): Promise<void> {
    if (rows.length === 0) return;
    const ids = rows.map((row) => row.messageId);
    await this.database.run(sql`
      update messages set state = ${state}, settled_at = ${now.toISOString()},
        text = case when kind = 'code' then null else text end where id = any (${ids}::uuid[])`);
    await this.database.run(sql`delete from queue where message_id = any (${ids}::uuid[])`);
  }

  private async postpone(
    message: Claimed,
    outcome: Extract<Outcome, { kind: 'later' }>,
    now: Date,
  ): Promise<void> {
    // The channel's own trouble is waited out by the dispatcher and is no attempt of the message.
    const wait = outcome.isChannelTrouble
      ? 0
      : RETRY_SECONDS[Math.min(message.attempts, RETRY_SECONDS.length - 1)]!;
    const dueAt = new Date(now.getTime() + wait * 1000).toISOString();
    await this.database.run(sql`
      update messages set state = 'waiting', due_at = ${dueAt}, problem = ${outcome.problem.slice(0, 500)},
        attempts = ${outcome.isChannelTrouble ? message.attempts : message.attempts + 1}
      where school_id = ${message.schoolId} and id = ${message.messageId}`);
    await this.database.run(
      sql`update queue set due_at = ${dueAt}, claimed_at = null where message_id = ${message.messageId}`,
    );
  }

  private async conclude(
    channel: Channel,
    message: Claimed,
    outcome: Exclude<Outcome, { kind: 'later' }>,
    now: Date,
  ): Promise<void> {
    const at = now.toISOString();
    const problem = outcome.kind === 'submitted' ? null : outcome.problem.slice(0, 500);
    // A code must not lie about in the database once it is on its way.
    await this.database.run(sql`
      update messages set state = ${outcome.kind}, problem = ${problem}, settled_at = ${at}, html = null,
        submitted_at = ${outcome.kind === 'submitted' ? at : null}, text = case when kind = 'code' then null else text end,
        subject = case when kind = 'code' then null else subject end
      where school_id = ${message.schoolId} and id = ${message.messageId}`);
    await this.database.run(sql`delete from queue where message_id = ${message.messageId}`);
    if (outcome.kind === 'refused' && outcome.isAddressDead) {
      await this.database.run(sql`
        update contacts set state = 'failed', changed_at = ${at}
        where school_id = ${message.schoolId} and channel = ${channel} and address = ${message.address} and state = 'open'`);
    }
  }
}

const isUseful = (row: ClaimRow, now: Date): boolean =>
  now.getTime() - Date.parse(row.createdAt) <
  (row.kind === 'code' ? CODE_USEFUL_MINUTES : USEFUL_HOURS * 60) * 60_000;

const isWanted = (row: ClaimRow): boolean => row.kind === 'code' || (row.isOpen && row.notices.length > 0);
