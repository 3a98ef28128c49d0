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
  /** what else it counts as for whoever was told of it before: a low mark that was raised */
  kindsOfCorrection?: NoticeKind[];
  /** false: too old to be told, but what still waits about it is put right */
  isNews: boolean;
  /** what it is about: a mark, a pupil at a lesson, a lesson's homework */
  subjectKey: string;
  version: number;
  occurredAt: string;
  /** by what a family was told last; null when there is nothing to tell any more */
  content: ((told: NoticeContent | null) => NoticeContent) | null;
  /** said to those who were told, when `content` is null */
  withdrawal: (told: NoticeContent) => NoticeContent;
}

interface Recipient {
  studentId: string;
  personId: string;
  channel: Channel;
  kinds: NoticeKind[];
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
  kind: NoticeKind;
  content: NoticeContent;
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
    const { schoolId, subjectKey, content, kinds, withdrawal } = announcement;
    const [recipients, earlier] = await Promise.all([
      announcement.isNews ? this.recipients(announcement) : [],
      this.earlier(schoolId, subjectKey),
    ]);
    if (recipients.length === 0 && earlier.length === 0) return;
    const told = new Map(earlier.filter((one) => !one.isWaiting).map((one) => [keyOf(one), one.content]));
    const waiting = earlier.filter((one) => one.isWaiting);
    const kept = waiting.filter((one) => content && (told.has(keyOf(one)) || kinds.includes(one.kind)));
    await this.outgoing.drop(
      schoolId,
      waiting.filter((one) => !kept.includes(one)),
    );
    for (const one of kept)
      await this.outgoing.change(schoolId, one.noticeId, content!(told.get(keyOf(one)) ?? null));
    const isWaiting = new Set(kept.map(keyOf));
    const now = this.clock.now();
    const notices = recipients.flatMap((one) => {
      const before = told.get(keyOf(one)) ?? null;
      const isConcerned = before !== null || (content && one.kinds.some((kind) => kinds.includes(kind)));
      if (!isConcerned || isWaiting.has(keyOf(one))) return [];
      const { personId, channel, address, studentId } = one;
      return {
        personId,
        channel,
        address,
        studentId,
        kind: kinds.find((kind) => one.kinds.includes(kind)) ?? one.kinds[0]!,
        subjectKey,
        eventKey: `${subjectKey}:${announcement.version}:${studentId}`,
        content: content ? content(before) : withdrawal(before!),
        occurredAt: announcement.occurredAt,
        departure: departureOf(
          one.deliveries.includes('immediate') ? 'immediate' : 'evening',
          now,
          one.hours ?? DEFAULT_HOURS,
          one.timeZone,
          spreadOf(personId),
        ),
      };
    });
    await this.outgoing.enqueue(schoolId, notices, now);
  }

  /** Active guardians with an open address who chose to hear of one of the kinds. */
  private recipients({
    schoolId,
    audience,
    kinds,
    kindsOfCorrection = [],
  }: Announcement): Promise<Recipient[]> {
    return this.database.rows<Recipient>(sql`
      select gc.student_id as "studentId", gc.guardian_id as "personId", ch.channel, array_agg(ch.kind) as kinds,
        array_agg(ch.delivery) as deliveries, c.address, s.time_zone as "timeZone",
        case when h.person_id is not null then
          json_build_object('quietFrom', h.quiet_from, 'quietTo', h.quiet_to, 'digestAt', h.digest_at) end as hours
      from guardian_children gc
        join guardians g on g.school_id = gc.school_id and g.id = gc.guardian_id and g.is_active
        join schools s on s.school_id = gc.school_id
        join choices ch on ch.school_id = gc.school_id and ch.student_id = gc.student_id and ch.person_id = gc.guardian_id
          and ch.kind = any (${[...kinds, ...kindsOfCorrection]}::text[])
        join contacts c on c.school_id = gc.school_id and c.person_id = gc.guardian_id and c.channel = ch.channel
          and c.state = 'open'
        left join hours h on h.school_id = gc.school_id and h.person_id = gc.guardian_id
      where gc.school_id = ${schoolId} and ${students(schoolId, audience)}
      group by gc.student_id, gc.guardian_id, ch.channel, c.address, s.time_zone, h.person_id, h.quiet_from, h.quiet_to,
        h.digest_at`);
  }

  /** Notices about the same, in the order in which they were told; locked, so that none leaves while it is changed. */
  private async earlier(schoolId: string, subjectKey: string): Promise<Earlier[]> {
    const found = await this.database.rows<Earlier>(sql`
      select n.id as "noticeId", n.message_id as "messageId", n.student_id as "studentId", n.person_id as "personId", n.channel,
        n.kind, n.content, m.state = 'waiting' and not m.has_begun as "isWaiting"
      from notices n join messages m on m.school_id = n.school_id and m.id = n.message_id
      where n.school_id = ${schoolId} and n.subject_key = ${subjectKey} and not m.state in ('cancelled', 'expired')
      order by m.id for update of m`);
    return found.sort((a, b) => (a.noticeId < b.noticeId ? -1 : 1));
  }
}

function students(schoolId: string, audience: Announcement['audience']): SqlFragment {
  if ('studentId' in audience) return sql`gc.student_id = ${audience.studentId}`;
  return sql`gc.student_id in (select e.student_id from enrolments e where e.school_id = ${schoolId}
    and e.group_id = ${audience.groupId} and e.from_date <= ${audience.date}
    and (e.to_date is null or e.to_date >= ${audience.date}))`;
}
