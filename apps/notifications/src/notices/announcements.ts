import { Injectable } from '@nestjs/common';
import type { Channel, DeliveryTime, NoticeKind } from '@parta/contracts-notifications';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { Outgoing, type OutgoingNotice } from '../messages/outgoing.js';
import { NotificationsSettings } from '../notifications.settings.js';
import { isTakenBack, newsOf, type NoticeContent } from './notice.js';
import { DEFAULT_HOURS, departureOf, spreadOf, type Hours } from './timing.js';

/** What a family was told before, and what it has chosen, as far as a notice depends on it. */
export interface Reader {
  /** the newest notice that has left; null when nothing was told */
  told: NoticeContent | null;
  /** whether the family has chosen to hear of the kind; false: it was told under another one */
  hasChosenKind: boolean;
}

/** Something that families are to hear, as it is now. */
export interface Announcement {
  schoolId: string;
  /** one pupil, or whoever learns in the group on the day */
  audience: { studentId: string } | { groupId: string; date: string };
  /** the kind it counts as: the choice of this kind alone decides for whoever was not told of it before */
  kind: NoticeKind;
  /** whoever was told of it under one of these kinds hears of what became of it */
  toldAs: NoticeKind[];
  /** false: too old to be told, but what still waits about it is put right */
  isNews: boolean;
  /** false: families see what they saw before, so that it is told to nobody anew */
  isChange: boolean;
  /** what it is about: a mark, a pupil at a lesson, a lesson's homework */
  subjectKey: string;
  version: number;
  occurredAt: string;
  /** null when there is nothing to tell any more */
  content: ((reader: Reader) => NoticeContent) | null;
  /** said to those who were told, when `content` is null */
  withdrawal: (told: NoticeContent) => NoticeContent;
}

type Delivery = Exclude<DeliveryTime, 'off'>;

interface Recipient {
  studentId: string;
  personId: string;
  channel: Channel;
  choices: Partial<Record<NoticeKind, Delivery>>;
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
 * Turns what happened into notices for whoever has chosen to hear of it (R156). A notice is made only when it tells a
 * family something else than the last one that has left. What has not left yet is changed in place or dropped. A fact
 * heard twice finds its notice already there.
 */
@Injectable()
export class Announcements {
  constructor(
    private readonly database: Database,
    private readonly outgoing: Outgoing,
    private readonly clock: Clock,
    private readonly settings: NotificationsSettings,
  ) {}

  async announce(announcement: Announcement): Promise<void> {
    const { schoolId, subjectKey, kind } = announcement;
    const earlier = await this.earlier(schoolId, subjectKey);
    const told = new Map(earlier.filter((one) => !one.isWaiting).map((one) => [keyOf(one), one]));
    const waiting = new Map(earlier.filter((one) => one.isWaiting).map((one) => [keyOf(one), one]));
    if (!announcement.isNews && waiting.size === 0) return;
    const recipients = await this.recipients(announcement);
    const choicesOf = new Map(recipients.map((one) => [keyOf(one), one.choices]));
    const wanted = (key: string) =>
      contentFor(announcement, told.get(key)?.content ?? null, choicesOf.get(key) ?? {});
    const dropped: Earlier[] = [];
    const kept = new Set<string>();
    for (const [key, one] of waiting) {
      const content = wanted(key);
      // What is told under another choice now leaves when that choice says; too old, it can but be put right.
      const isPlaced = one.kind === kind || !choicesOf.get(key)?.[kind] || !announcement.isNews;
      if (!content || !isPlaced) {
        dropped.push(one);
        continue;
      }
      kept.add(key);
      await this.outgoing.change(schoolId, one.noticeId, content);
    }
    await this.outgoing.drop(schoolId, dropped);
    if (!announcement.isNews) return;
    const now = this.clock.now();
    const notices = recipients.flatMap((one) => {
      const key = keyOf(one);
      if (kept.has(key)) return [];
      if (!announcement.isChange && !told.has(key) && !waiting.has(key)) return [];
      const content = wanted(key);
      return content ? [this.notice(announcement, one, content, now)] : [];
    });
    await this.outgoing.enqueue(schoolId, notices, now);
  }

  private notice(
    { kind, toldAs, subjectKey, version, occurredAt }: Announcement,
    { studentId, personId, channel, address, choices, hours, timeZone }: Recipient,
    content: NoticeContent,
    now: Date,
  ): OutgoingNotice {
    const chosen = [kind, ...toldAs].find((one) => choices[one])!;
    return {
      personId,
      channel,
      address,
      studentId,
      kind: chosen,
      subjectKey,
      eventKey: `${subjectKey}:${version}:${studentId}`,
      content,
      occurredAt,
      departure: departureOf(
        choices[chosen]!,
        now,
        hours ?? DEFAULT_HOURS,
        timeZone,
        spreadOf(personId),
        this.settings.coolDownMinutes,
      ),
    };
  }

  /** Active guardians with an open address who chose to hear of one of the kinds. */
  private recipients({ schoolId, audience, kind, toldAs }: Announcement): Promise<Recipient[]> {
    return this.database.rows<Recipient>(sql`
      select gc.student_id as "studentId", gc.guardian_id as "personId", ch.channel,
        json_object_agg(ch.kind, ch.delivery) as choices, c.address, s.time_zone as "timeZone",
        case when h.person_id is not null then
          json_build_object('quietFrom', h.quiet_from, 'quietTo', h.quiet_to, 'digestAt', h.digest_at) end as hours
      from guardian_children gc
        join guardians g on g.school_id = gc.school_id and g.id = gc.guardian_id and g.is_active
        join schools s on s.school_id = gc.school_id
        join choices ch on ch.school_id = gc.school_id and ch.student_id = gc.student_id and ch.person_id = gc.guardian_id
          and ch.kind = any (${[kind, ...toldAs]}::text[])
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

/** What a reader is to be told now; null when that is nothing, or what the reader knows. */
function contentFor(
  { kind, toldAs, content, withdrawal }: Announcement,
  told: NoticeContent | null,
  choices: Recipient['choices'],
): NoticeContent | null {
  const hasChosenKind = choices[kind] !== undefined;
  if (!told) return content && hasChosenKind ? content({ told: null, hasChosenKind }) : null;
  if (!hasChosenKind && !toldAs.some((one) => choices[one])) return null;
  if (!content) return isTakenBack(told) ? null : withdrawal(told);
  const now = content({ told: isTakenBack(told) ? null : told, hasChosenKind });
  return newsOf(now) === newsOf(told) ? null : now;
}

function students(schoolId: string, audience: Announcement['audience']): SqlFragment {
  if ('studentId' in audience) return sql`gc.student_id = ${audience.studentId}`;
  return sql`gc.student_id in (select e.student_id from enrolments e where e.school_id = ${schoolId}
    and e.group_id = ${audience.groupId} and e.from_date <= ${audience.date}
    and (e.to_date is null or e.to_date >= ${audience.date}))`;
}
