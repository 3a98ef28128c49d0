import { Injectable } from '@nestjs/common';
import { lessonsScheduled, type ScheduledLessonV1 } from '@parta/contracts-curriculum';
import { Outbox } from '@parta/platform-messaging';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { momentIn, teachingDays, type SchoolYear } from '../school-year/school-year.js';
import { SchoolYears } from '../school-year/school-years.js';
import { mergeLessons, type StoredLesson } from './merge-lessons.js';

interface GroupSlots {
  id: string;
  teacherId: string | null;
  isActive: boolean;
  slots: { weekday: number; lessonNumber: number; room: string | null }[];
}

type KnownLesson = StoredLesson & { academicYearId: string };

/** A group's lessons in the year that is laid, and the other years whose lessons they were. */
interface ChangedGroup {
  group: GroupSlots;
  lessons: StoredLesson[];
  removed: string[];
  formerYears: string[];
}

export interface LaidLessons {
  added: number;
  removed: number;
}

/**
 * Lays the weekly timetable over the school year as dated lessons. A lesson that has begun by the school's clock is
 * history and stays as it is. Only a group that has no lessons yet gets those since the beginning of the year too, so
 * that a school that starts with Parta in the middle of a year can write them up.
 *
 * A day belongs to one year: where the region records a year anew under another id, the lessons of its days pass to the
 * new record with their ids, and the list of the old one is published without them.
 */
@Injectable()
export class LessonLayer {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly years: SchoolYears,
    private readonly clock: Clock,
  ) {}

  /** Brings the lessons of the groups (all of the school if none are given) in line with timetable and calendar. */
  async lay(schoolId: string, groupIds?: readonly string[]): Promise<LaidLessons> {
    const year = await this.years.toLay(schoolId);
    const total: LaidLessons = { added: 0, removed: 0 };
    if (!year) return total;
    const now = momentIn(year.timeZone, this.clock.now());
    const today = now.slice(0, 10);
    const groups = await this.groupsOf(schoolId, groupIds);
    const existing = Map.groupBy(
      await this.storedLessons(schoolId, year, groups, today),
      (lesson) => lesson.groupId,
    );
    const days = teachingDays(year);
    const changed: ChangedGroup[] = [];
    for (const group of groups) {
      const stored = existing.get(group.id) ?? [];
      const present = stored.filter((lesson) => !lesson.isRemoved);
      const formerYears = [...new Set(present.map((lesson) => lesson.academicYearId))].filter(
        (id) => id !== year.id,
      );
      const from = present.length > 0 ? today : year.startDate;
      const wanted = this.wantedLessons(
        group,
        year,
        days.filter((day) => day.date >= from),
      );
      const merged = mergeLessons(stored, wanted, now);
      if (!merged && formerYears.length === 0) continue;
      const { lessons, removed, added } = merged ?? { lessons: present, removed: [], added: 0 };
      total.added += added;
      total.removed += removed.length;
      changed.push({ group, lessons, removed, formerYears });
    }
    await this.store(schoolId, year, changed);
    return total;
  }

  /** A number that has no bell says no hour: no lesson is laid of it. Timetables and bells that bring one are refused. */
  private wantedLessons(
    group: GroupSlots,
    year: SchoolYear,
    days: readonly { date: string; weekday: number }[],
  ): StoredLesson[] {
    if (!group.isActive) return [];
    const bells = new Map(year.bells.map((bell) => [bell.lessonNumber, bell]));
    return days.flatMap((day) =>
      group.slots
        .filter((slot) => slot.weekday === day.weekday && bells.has(slot.lessonNumber))
        .map((slot) => ({
          lessonId: '',
          isRemoved: false,
          groupId: group.id,
          date: day.date,
          lessonNumber: slot.lessonNumber,
          startsAt: bells.get(slot.lessonNumber)!.startsAt,
          endsAt: bells.get(slot.lessonNumber)!.endsAt,
          room: slot.room,
          teacherId: group.teacherId,
          isOutsideTimetable: false,
        })),
    );
  }

  private groupsOf(schoolId: string, groupIds?: readonly string[]): Promise<GroupSlots[]> {
    return this.database.rows<GroupSlots>(sql`
      select g.id, g.teacher_ids[1] as "teacherId", g.is_active as "isActive",
        coalesce(json_agg(json_build_object('weekday', s.weekday, 'lessonNumber', s.lesson_number, 'room', s.room))
          filter (where s.group_id is not null), '[]') as slots
      from study_groups g left join timetable_slots s on s.school_id = g.school_id and s.group_id = g.id
      where g.school_id = ${schoolId} ${groupIds ? sql`and g.id = any (${groupIds}::uuid[])` : sql.empty}
      group by g.id, g.teacher_ids, g.is_active`);
  }

  private storedLessons(
    schoolId: string,
    year: SchoolYear,
    groups: readonly GroupSlots[],
    today: string,
  ): Promise<KnownLesson[]> {
    return this.database.rows<KnownLesson>(sql`
      select ${STORED_LESSON}, academic_year_id as "academicYearId"
      from lessons where school_id = ${schoolId} and (removed_at is null or date >= ${today}::date)
        and (academic_year_id = ${year.id} or date between ${year.startDate}::date and ${year.endDate}::date)
        and group_id = any (${groups.map((group) => group.id)}::uuid[])
      order by removed_at nulls last, id`);
  }

  private async store(schoolId: string, year: SchoolYear, changed: readonly ChangedGroup[]): Promise<void> {
    if (changed.length === 0) return;
    await this.database.run(sql`
      update lessons set removed_at = now()
      where school_id = ${schoolId} and id = any (${changed.flatMap((one) => one.removed)}::uuid[])`);
    const rows = changed.flatMap((one) => one.lessons);
    for (let i = 0; i < rows.length; i += 5000) {
      const chunk = rows.slice(i, i + 5000);
      await this.database.run(sql`
        insert into lessons (school_id, id, group_id, academic_year_id, date, lesson_number, starts_at, ends_at, room, teacher_id, is_outside_timetable)
        select ${schoolId}, x."lessonId", x."groupId", ${year.id}, x.date, x."lessonNumber", x."startsAt", x."endsAt", x.room, x."teacherId",
          x."isOutsideTimetable"
        from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as x("lessonId" uuid, "groupId" uuid, date date,
          "lessonNumber" int, "startsAt" text, "endsAt" text, room text, "teacherId" uuid, "isOutsideTimetable" boolean)
        on conflict (school_id, id) do update set academic_year_id = excluded.academic_year_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
          room = excluded.room, teacher_id = excluded.teacher_id, is_outside_timetable = excluded.is_outside_timetable, removed_at = null`);
    }
    // The new list first: what it takes over is of its year when the old one is heard without it.
    await this.publish(
      schoolId,
      changed.map(({ group, lessons }) => ({ groupId: group.id, academicYearId: year.id, lessons })),
    );
    for (const academicYearId of new Set(changed.flatMap((one) => one.formerYears))) {
      const groups = changed
        .filter((one) => one.formerYears.includes(academicYearId))
        .map((one) => one.group.id);
      const left = Map.groupBy(
        await this.lessonsLeft(schoolId, academicYearId, groups),
        (one) => one.groupId,
      );
      await this.publish(
        schoolId,
        groups.map((groupId) => ({ groupId, academicYearId, lessons: left.get(groupId) ?? [] })),
      );
    }
  }

  private lessonsLeft(schoolId: string, yearId: string, groups: readonly string[]): Promise<StoredLesson[]> {
    return this.database.rows<StoredLesson>(sql`
      select ${STORED_LESSON} from lessons
      where school_id = ${schoolId} and academic_year_id = ${yearId} and removed_at is null and group_id = any (${groups}::uuid[])`);
  }

  private async publish(
    schoolId: string,
    lists: readonly { groupId: string; academicYearId: string; lessons: readonly StoredLesson[] }[],
  ): Promise<void> {
    const versions = await this.database.rows<{ groupId: string; version: number }>(sql`
      insert into lesson_lists (school_id, group_id, version)
      select ${schoolId}, id, 1 from unnest(${lists.map((one) => one.groupId)}::uuid[]) as id
      on conflict (school_id, group_id) do update set version = lesson_lists.version + 1
      returning group_id as "groupId", version`);
    const versionOf = new Map(versions.map((row) => [row.groupId, row.version]));
    for (const { groupId, academicYearId, lessons } of lists) {
      this.outbox.record(
        lessonsScheduled,
        { schoolId, aggregateId: groupId, aggregateVersion: versionOf.get(groupId)! },
        { groupId, academicYearId, lessons: lessons.map(asPublished) },
      );
    }
  }
}

/** Columns of a `StoredLesson` of the table `lessons`. */
const STORED_LESSON: SqlFragment =
  sql.trusted(`id as "lessonId", group_id as "groupId", to_char(date, 'YYYY-MM-DD') as date,
  lesson_number as "lessonNumber", starts_at as "startsAt", ends_at as "endsAt", room, teacher_id as "teacherId",
  is_outside_timetable as "isOutsideTimetable", removed_at is not null as "isRemoved"`);

function asPublished(lesson: StoredLesson): ScheduledLessonV1 {
  const { lessonId, date, lessonNumber, startsAt, endsAt, room, teacherId, isOutsideTimetable } = lesson;
  const scheduled = { lessonId, date, lessonNumber, startsAt, endsAt, room, teacherId };
  return isOutsideTimetable ? { ...scheduled, isOutsideTimetable } : scheduled;
}
