import { Injectable } from '@nestjs/common';
import type { Channel, NoticeKind } from '@parta/contracts-notifications';
import { Database, sql } from '@parta/platform-persistence';
import { v7 as uuidv7 } from 'uuid';
import type { NoticeContent } from '../notices/notice.js';
import type { Departure } from '../notices/timing.js';
import { DispatchSignal } from './dispatch-signal.js';

/** A notice on its way to one guardian by one channel. */
export interface OutgoingNotice {
  personId: string;
  channel: Channel;
  address: string;
  studentId: string;
  kind: NoticeKind;
  subjectKey: string;
  /** one event for one child: nobody gets it twice by a channel */
  eventKey: string;
  content: NoticeContent;
  occurredAt: string;
  departure: Departure;
}

interface MessageRow {
  id: string;
  personId: string;
  channel: Channel;
  key: string;
  isWaiting: boolean;
}

/** A day late a message is of no use any more, and a code when it has run out. */
const USEFUL_HOURS = 24;
const CODE_USEFUL_MINUTES = 10;

export const usefulUntil = (dueAt: Date): string =>
  new Date(dueAt.getTime() + USEFUL_HOURS * 3_600_000).toISOString();

/** Enough for a gathering whose earlier messages have left. */
const MAX_GATHERINGS = 20;

/** Messages that have not left yet: what joins them, changes in them, and is dropped from them. */
@Injectable()
export class Outgoing {
  constructor(
    private readonly database: Database,
    private readonly signal: DispatchSignal,
  ) {}

  /** Gives each notice a message of its own, or a place in the one that gathers for the same time. */
  async enqueue(schoolId: string, notices: readonly OutgoingNotice[], now: Date): Promise<void> {
    let pending = [...notices];
    for (let turn = 0; pending.length > 0 && turn < MAX_GATHERINGS; turn++) {
      const keyOf = (notice: OutgoingNotice): string =>
        notice.departure.gathering
          ? `${notice.departure.gathering}${turn === 0 ? '' : `+${turn}`}`
          : notice.eventKey;
      const messages = await this.messages(schoolId, pending, keyOf, now);
      const placed = pending.map((notice) => ({
        notice,
        message: messages.find(
          (m) => m.personId === notice.personId && m.channel === notice.channel && m.key === keyOf(notice),
        )!,
      }));
      // A gathering that has left already takes nobody along: the next of the same time does.
      const [open, left] = [
        placed.filter((p) => p.message.isWaiting),
        placed.filter((p) => !p.message.isWaiting),
      ];
      await this.place(schoolId, open);
      pending = left.filter((p) => p.notice.departure.gathering).map((p) => p.notice);
    }
    const due = notices.filter((notice) => notice.departure.dueAt <= now);
    this.database.afterCommit(() => due.forEach((notice) => this.signal.wake(notice.channel)));
  }

  /** A message without notices, such as a code; its text is given. */
  async enqueueText(
    schoolId: string,
    message: {
      personId: string;
      channel: Channel;
      address: string;
      key: string;
      subject: string | null;
      text: string;
      html: string | null;
    },
    now: Date,
  ): Promise<void> {
    const id = uuidv7();
    await this.database.run(sql`
      insert into messages (school_id, id, person_id, channel, kind, key, address, state, due_at, useful_until, created_at, subject,
        text, html)
      values (${schoolId}, ${id}, ${message.personId}, ${message.channel}, 'code', ${message.key}, ${message.address}, 'waiting',
        ${now.toISOString()}, ${new Date(now.getTime() + CODE_USEFUL_MINUTES * 60_000).toISOString()}, ${now.toISOString()}, ${message.subject}, ${message.text}, ${message.html})`);
    await this.database.run(sql`
      insert into queue (message_id, school_id, channel, due_at, first_due_at)
      values (${id}, ${schoolId}, ${message.channel}, ${now.toISOString()}, ${now.toISOString()})`);
    this.database.afterCommit(() => this.signal.wake(message.channel));
  }

  async change(schoolId: string, noticeId: string, content: NoticeContent): Promise<void> {
    await this.database.run(sql`
      update notices set content = ${JSON.stringify(content)}::jsonb where school_id = ${schoolId} and id = ${noticeId}`);
  }

  /** Takes notices back; a message left without any is cancelled. */
  async drop(schoolId: string, notices: readonly { noticeId: string; messageId: string }[]): Promise<void> {
    if (notices.length === 0) return;
    await this.database.run(sql`
      delete from notices where school_id = ${schoolId} and id = any (${notices.map((n) => n.noticeId)}::uuid[])`);
    await this.database.run(sql`
      with empty as (
        update messages m set state = 'cancelled', settled_at = now()
        where m.school_id = ${schoolId} and m.id = any (${notices.map((n) => n.messageId)}::uuid[]) and m.state = 'waiting'
          and not exists (select 1 from notices n where n.school_id = m.school_id and n.message_id = m.id) returning m.id)
      delete from queue q using empty where q.message_id = empty.id`);
  }

  /** Drops whatever waits for a guardian's closed channel. */
  async cancelAll(schoolId: string, personId: string, channel: Channel): Promise<void> {
    await this.database.run(sql`
      with dropped as (
        update messages set state = 'cancelled', settled_at = now()
        where school_id = ${schoolId} and person_id = ${personId} and channel = ${channel} and state = 'waiting' and kind <> 'code'
        returning id)
      delete from queue q using dropped where q.message_id = dropped.id`);
  }

  /** What waits for a guardian goes to the address that is proven now. */
  async redirect(schoolId: string, personId: string, channel: Channel, address: string): Promise<void> {
    await this.database.run(sql`
      update messages set address = ${address}
      where school_id = ${schoolId} and person_id = ${personId} and channel = ${channel} and state = 'waiting'
        and kind <> 'code' and not has_begun and address <> ${address}`);
  }

  private messages(
    schoolId: string,
    notices: readonly OutgoingNotice[],
    keyOf: (notice: OutgoingNotice) => string,
    now: Date,
  ): Promise<MessageRow[]> {
    const rows = new Map<string, object>();
    for (const notice of notices) {
      rows.set(`${notice.personId} ${notice.channel} ${keyOf(notice)}`, {
        id: uuidv7(),
        person_id: notice.personId,
        channel: notice.channel,
        kind: notice.departure.gathering ? 'digest' : 'notice',
        key: keyOf(notice),
        address: notice.address,
        due_at: notice.departure.dueAt.toISOString(),
        useful_until: usefulUntil(notice.departure.dueAt),
      });
    }
    // The row that is there is locked; while it waits, it waits for the last of its notices.
    return this.database.rows<MessageRow>(sql`
      insert into messages (school_id, id, person_id, channel, kind, key, address, state, due_at, useful_until, created_at)
      select ${schoolId}, x.id, x.person_id, x.channel, x.kind, x.key, x.address, 'waiting', x.due_at, x.useful_until, ${now.toISOString()}
      from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
        as x(id uuid, person_id uuid, channel text, kind text, key text, address text, due_at timestamptz,
          useful_until timestamptz)
      on conflict (school_id, person_id, channel, key) do update set due_at = case
          when messages.state = 'waiting' and not messages.has_begun then greatest(messages.due_at, excluded.due_at)
          else messages.due_at end
      returning id, person_id as "personId", channel, key, state = 'waiting' and not has_begun as "isWaiting"`);
  }

  private async place(
    schoolId: string,
    placed: readonly { notice: OutgoingNotice; message: MessageRow }[],
  ): Promise<void> {
    if (placed.length === 0) return;
    const notices = placed.map(({ notice, message }) => ({
      id: uuidv7(),
      message_id: message.id,
      person_id: notice.personId,
      channel: notice.channel,
      student_id: notice.studentId,
      kind: notice.kind,
      subject_key: notice.subjectKey,
      event_key: notice.eventKey,
      content: notice.content,
      occurred_at: notice.occurredAt,
    }));
    await this.database.run(sql`
      insert into notices (school_id, id, message_id, person_id, channel, student_id, kind, subject_key, event_key, content, occurred_at)
      select ${schoolId}, x.* from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as x(id uuid, message_id uuid, person_id uuid,
        channel text, student_id uuid, kind text, subject_key text, event_key text, content jsonb, occurred_at timestamptz)
      on conflict (school_id, person_id, channel, event_key) do nothing`);
    await this.database.run(sql`
      insert into queue (message_id, school_id, channel, due_at, first_due_at)
      select m.id, m.school_id, m.channel, m.due_at, m.due_at from messages m
      where m.school_id = ${schoolId} and m.id = any (${placed.map((p) => p.message.id)}::uuid[]) and m.state = 'waiting'
      on conflict (message_id) do update set due_at = excluded.due_at, first_due_at = greatest(queue.first_due_at, excluded.first_due_at)
        where queue.claimed_at is null and queue.due_at < excluded.due_at`);
  }
}
