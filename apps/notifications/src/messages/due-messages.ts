import type { Channel } from '@parta/contracts-notifications';
import { sql, type Database } from '@parta/platform-persistence';
import { newsOf, type Notice, type NoticeContent } from '../notices/notice.js';
import { DEFAULT_HOURS, quietUntil, spreadOf, type Hours } from '../notices/timing.js';
import { compose, type ComposedMessage } from './compose.js';

/** A message whose time has come, with all that decides whether and how it leaves. */
export interface DueMessage {
  messageId: string;
  schoolId: string;
  personId: string;
  kind: string;
  address: string;
  usefulUntil: string;
  attempts: number;
  hasBegun: boolean;
  subject: string | null;
  text: string | null;
  html: string | null;
  isOpen: boolean;
  unsubscribeToken: string | null;
  schoolName: string;
  timeZone: string;
  hours: Hours | null;
  partsTaken: number[];
  /** about children who are still this guardian's, without what this address knows */
  notices: Notice[];
  /** told at this address by another message, such as one to the other parent */
  known: { noticeId: string; byMessageId: string }[];
}

interface NoticeToTell extends Notice {
  noticeId: string;
  /** the newest notice about the same that has left for this address in another message */
  toldHere: { messageId: string; content: NoticeContent } | null;
}

type DueRow = Omit<DueMessage, 'notices' | 'known'> & { notices: NoticeToTell[] };

/**
 * Locks those of the messages that wait, and reads them. Locked first and read by a second statement: what somebody
 * changed in the moment before the lock is seen by a statement that begins after it, not by the one that locks.
 */
export async function lockDue(
  database: Database,
  schools: readonly string[],
  ids: readonly string[],
): Promise<DueMessage[]> {
  const locked = await database.rows<{ id: string }>(sql`
    select id from messages where school_id = any (${schools}::uuid[]) and id = any (${ids}::uuid[]) and state = 'waiting'
    for update skip locked`);
  if (locked.length === 0) return [];
  const rows = await database.rows<DueRow>(sql`
    select m.id as "messageId", m.school_id as "schoolId", m.person_id as "personId", m.kind, m.address,
      m.useful_until::text as "usefulUntil", m.attempts, m.has_begun as "hasBegun", m.subject, m.text, m.html,
      c.state is not distinct from 'open' and c.address = m.address as "isOpen", c.unsubscribe_token as "unsubscribeToken",
      s.name as "schoolName", s.time_zone as "timeZone",
      case when h.person_id is not null then
        json_build_object('quietFrom', h.quiet_from, 'quietTo', h.quiet_to, 'digestAt', h.digest_at) end as hours,
      (select coalesce(json_agg(p.part), '[]') from sms_parts p where p.message_id = m.id) as "partsTaken",
      (select coalesce(json_agg(json_build_object('kind', n.kind, 'studentId', n.student_id, 'givenName', st.given_name,
          'familyName', st.family_name, 'content', n.content, 'noticeId', n.id, 'toldHere', (
            select json_build_object('messageId', m2.id, 'content', n2.content)
            from notices n2 join messages m2 on m2.school_id = n2.school_id and m2.id = n2.message_id
            where n2.school_id = n.school_id and n2.subject_key = n.subject_key and n2.student_id = n.student_id
              and n2.message_id <> m.id and m2.channel = m.channel and lower(m2.address) = lower(m.address)
              and m2.state in ('submitted', 'delivered', 'undelivered', 'uncertain')
            order by n2.id desc limit 1)) order by n.occurred_at, n.id), '[]')
        from notices n
          join students st on st.school_id = n.school_id and st.id = n.student_id
          join guardian_children gc on gc.school_id = n.school_id and gc.student_id = n.student_id and gc.guardian_id = m.person_id
        where n.school_id = m.school_id and n.message_id = m.id and n.person_id = m.person_id) as notices
    from messages m join schools s on s.school_id = m.school_id
      left join contacts c on c.school_id = m.school_id and c.person_id = m.person_id and c.channel = m.channel
      left join hours h on h.school_id = m.school_id and h.person_id = m.person_id
    where m.school_id = any (${schools}::uuid[]) and m.id = any (${locked.map((row) => row.id)}::uuid[])`);
  return rows.map(({ notices, ...row }) => {
    const isKnown = ({ toldHere, content }: NoticeToTell): boolean =>
      // What has left in part leaves as it was.
      !row.hasBegun && toldHere !== null && newsOf(toldHere.content) === newsOf(content);
    return {
      ...row,
      notices: notices.filter((one) => !isKnown(one)),
      known: notices.filter(isKnown).map((one) => ({
        noticeId: one.noticeId,
        byMessageId: one.toldHere!.messageId,
      })),
    };
  });
}

/** `known`: all of it was told at this address by another message; a date: the quiet hours hold it until then. */
export type Fate = 'leaves' | 'expired' | 'cancelled' | 'known' | Date;

/** What is to become of a message whose time has come. */
export function fateOf(message: DueMessage, now: Date): Fate {
  if (now.getTime() >= Date.parse(message.usefulUntil)) return 'expired';
  if (message.kind === 'code') return 'leaves';
  if (!message.isOpen) return 'cancelled';
  if (message.notices.length === 0) return message.known.length > 0 ? 'known' : 'cancelled';
  const { hours, timeZone, personId } = message;
  return quietUntil(now, hours ?? DEFAULT_HOURS, timeZone, spreadOf(personId)) ?? 'leaves';
}

/** The message as its reader gets it; a code, and what has left in part, is as it was. */
export function wordingOf(
  channel: Channel,
  message: DueMessage,
  publicUrl: string | null,
  unsubscribeUrl: string | null,
): ComposedMessage {
  const { kind, hasBegun, subject, text, html, notices, schoolName } = message;
  if (kind === 'code' || hasBegun) return { subject, text: text!, html };
  return compose(channel, notices, { schoolName, publicUrl, unsubscribeUrl });
}
