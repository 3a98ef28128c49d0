import { Injectable } from '@nestjs/common';
import type { Channel, DeliveryTime, NoticeKind } from '@parta/contracts-notifications';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { Outgoing } from '../messages/outgoing.js';
import type { NoticeContent } from './notice.js';
import { DEFAULT_HOURS, departureOf, spreadOf, type Hours } from './timing.js';

/** Something that families are to hear, as it is now. */
export interface Announcement {
  schoolId: string;
  /** one pupil, or whoever learns in the group on the day */
  audience: { studentId: string } | { groupId: string; date: string };
  /** the kinds it counts as; the most urgent choice among them decides */
  kinds: NoticeKind[];
  /** what it is about: a mark, a pupil at a lesson, a lesson's homework */
  subjectKey: string;
  version: number;
  occurredAt: string;
  /** null when there is nothing to tell any more: only who was told of it hears of it */
  content: ((isToldOf: boolean) => NoticeContent) | null;
  /** said to those who were told, when `content` is null */
  withdrawal: NoticeContent;
}

interface Recipient {
  studentId: string;
  personId: string;
  channel: Channel;
  kind: NoticeKind;
  deliveries: Exclude<DeliveryTime, 'off'>[];
  address: string;
  hours: Hours | null;
  timeZone: string;
}

interface Earlier {
  noticeId: string;
  messageId: string;
  studentId: string;
  personId: string;
  channel: Channel;
  isWaiting: boolean;
}

const keyOf = (of: { studentId: string; personId: string; channel: Channel }): string =>
  `${of.studentId} ${of.personId} ${of.channel}`;

/**
 * Turns what happened into notices for whoever has chosen to hear of it. What has not left yet is changed in place or
 * dropped; what has left is followed by a correction. A fact heard twice finds its notice already there.
 */
@Injectable()
export class Announcements {
  constructor(
    private readonly database: Database,
    private readonly outgoing: Outgoing,
    private readonly clock: Clock,
  ) {}

  async announce(announcement: Announcement): Promise<void> {
    const { schoolId, subjectKey, content } = announcement;
    const recipients = await this.recipients(announcement);
    const earlier = await this.earlier(schoolId, subjectKey);
    if (recipients.length === 0 && earlier.length === 0) return;
    const told = new Set(earlier.filter((one) => !one.isWaiting).map(keyOf));
    const waiting = earlier.filter((one) => one.isWaiting);
    if (content) {
      for (const one of waiting)
        await this.outgoing.change(schoolId, one.noticeId, content(told.has(keyOf(one))));
    } else {
      await this.outgoing.drop(schoolId, waiting);
    }
    const isWaiting = new Set(content ? waiting.map(keyOf) : []);
    const now = this.clock.now();
    await this.outgoing.enqueue(
      schoolId,
      recipients
        .filter((one) => !isWaiting.has(keyOf(one)) && (content || told.has(keyOf(one))))
        .map((one) => ({
          personId: one.personId,
          channel: one.channel,
          address: one.address,
          studentId: one.studentId,
          kind: one.kind,
          subjectKey,
          eventKey: `${subjectKey}:${announcement.version}:${one.studentId}`,
          content: content ? content(told.has(keyOf(one))) : announcement.withdrawal,
          occurredAt: announcement.occurredAt,
          departure: departureOf(
            one.deliveries.includes('immediate') ? 'immediate' : 'evening',
            now,
            one.hours ?? DEFAULT_HOURS,
            one.timeZone,
            spreadOf(one.personId),
          ),
        })),
      now,
    );
  }

  /** Active guardians with an open address who chose to hear of one of the kinds. */
  private recipients({ schoolId, audience, kinds }: Announcement): Promise<Recipient[]> {
    return this.database.rows<Recipient>(sql`
      select gc.student_id as "studentId", gc.guardian_id as "personId", ch.channel, min(ch.kind) as kind,
        array_agg(ch.delivery) as deliveries, c.address, s.time_zone as "timeZone",
        case when h.person_id is not null then
          json_build_object('quietFrom', h.quiet_from, 'quietTo', h.quiet_to, 'digestAt', h.digest_at) end as hours
      from guardian_children gc
        join guardians g on g.school_id = gc.school_id and g.id = gc.guardian_id and g.is_active
        join schools s on s.school_id = gc.school_id
        join choices ch on ch.school_id = gc.school_id and ch.student_id = gc.student_id and ch.person_id = gc.guardian_id
          and ch.kind = any (${kinds}::text[])
        join contacts c on c.school_id = gc.school_id and c.person_id = gc.guardian_id and c.channel = ch.channel
          and c.state = 'open'
        left join hours h on h.school_id = gc.school_id and h.person_id = gc.guardian_id
      where gc.school_id = ${schoolId} and ${students(schoolId, audience)}
      group by gc.student_id, gc.guardian_id, ch.channel, c.address, s.time_zone, h.person_id, h.quiet_from, h.quiet_to,
        h.digest_at`);
  }

  /** Notices about the same, the waiting ones locked, so that they do not leave while they are changed. */
  private earlier(schoolId: string, subjectKey: string): Promise<Earlier[]> {
    return this.database.rows<Earlier>(sql`
      select n.id as "noticeId", n.message_id as "messageId", n.student_id as "studentId", n.person_id as "personId", n.channel,
        m.state = 'waiting' as "isWaiting"
      from notices n join messages m on m.school_id = n.school_id and m.id = n.message_id
      where n.school_id = ${schoolId} and n.subject_key = ${subjectKey} and not m.state in ('cancelled', 'expired')
      order by m.id for update of m`);
  }
}

function students(schoolId: string, audience: Announcement['audience']): SqlFragment {
  if ('studentId' in audience) return sql`gc.student_id = ${audience.studentId}`;
  return sql`gc.student_id in (select e.student_id from enrolments e where e.school_id = ${schoolId}
    and e.group_id = ${audience.groupId} and e.from_date <= ${audience.date}
    and (e.to_date is null or e.to_date >= ${audience.date}))`;
}
