import { Injectable } from '@nestjs/common';
import { lessonsScheduled, type ScheduledLessonV1 } from '@parta/contracts-curriculum';
import { Outbox } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';
import { Clock } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';
import { teachingDays, todayIn, type SchoolYear } from '../school-year/school-year.js';
import { SchoolYears } from '../school-year/school-years.js';

interface GroupSlots {
  id: string;
  teacherId: string | null;
  isActive: boolean;
  slots: { weekday: number; lessonNumber: number; room: string | null }[];
}

interface StoredLesson extends ScheduledLessonV1 {
  groupId: string;
}

export interface LaidLessons {
  added: number;
  removed: number;
}

/**
 * Lays the weekly timetable over the school year as dated lessons. What has been is history: lessons before today stay
 * as they are. Only a group that has no lessons yet gets those since the beginning of the year too, so that a school
 * that starts with Parta in the middle of a year can write them up.
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
    const year = await this.years.current(schoolId);
    const total: LaidLessons = { added: 0, removed: 0 };
    if (!year) return total;
    const groups = await this.groupsOf(schoolId, groupIds);
    const existing = Map.groupBy(
      await this.storedLessons(schoolId, year.id, groups),
      (lesson) => lesson.groupId,
    );
    const today = todayIn(year.timeZone, this.clock.now());
    const days = teachingDays(year);
    const changed: { group: GroupSlots; lessons: StoredLesson[]; removed: string[] }[] = [];
    for (const group of groups) {
      const stored = existing.get(group.id) ?? [];
      const from = stored.length === 0 ? year.startDate : today;
      const wanted = this.wantedLessons(
        group,
        year,
        days.filter((day) => day.date >= from),
      );
      const result = merge(stored, wanted, from);
      if (!result) continue;
      total.added += result.added;
      total.removed += result.removed.length;
      changed.push({ group, lessons: result.lessons, removed: result.removed });
    }
    await this.store(schoolId, year, changed);
    return total;
  }

  private wantedLessons(
    group: GroupSlots,
    year: SchoolYear,
    days: readonly { date: string; weekday: number }[],
  ): StoredLesson[] {
    if (!group.isActive) return [];
    const bells = new Map(year.bells.map((bell) => [bell.lessonNumber, bell]));
    return days.flatMap((day) =>
      group.slots
        .filter((slot) => slot.weekday === day.weekday)
        .map((slot) => ({
          lessonId: '',
          groupId: group.id,
          date: day.date,
          lessonNumber: slot.lessonNumber,
          startsAt: bells.get(slot.lessonNumber)?.startsAt ?? '00:00',
          endsAt: bells.get(slot.lessonNumber)?.endsAt ?? '00:00',
          room: slot.room,
          teacherId: group.teacherId,
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
    yearId: string,
    groups: readonly GroupSlots[],
  ): Promise<StoredLesson[]> {
    return this.database.rows<StoredLesson>(sql`
      select id as "lessonId", group_id as "groupId", to_char(date, 'YYYY-MM-DD') as date, lesson_number as "lessonNumber",
        starts_at as "startsAt", ends_at as "endsAt", room, teacher_id as "teacherId"
      from lessons where school_id = ${schoolId} and academic_year_id = ${yearId} and removed_at is null
        and group_id = any (${groups.map((group) => group.id)}::uuid[])`);
  }

  private async store(
    schoolId: string,
    year: SchoolYear,
    changed: { group: GroupSlots; lessons: StoredLesson[]; removed: string[] }[],
  ): Promise<void> {
    if (changed.length === 0) return;
    await this.database.run(sql`
      update lessons set removed_at = now()
      where school_id = ${schoolId} and id = any (${changed.flatMap((one) => one.removed)}::uuid[])`);
    const rows = changed.flatMap((one) => one.lessons);
    for (let i = 0; i < rows.length; i += 5000) {
      const chunk = rows.slice(i, i + 5000);
      await this.database.run(sql`
        insert into lessons (school_id, id, group_id, academic_year_id, date, lesson_number, starts_at, ends_at, room, teacher_id)
        select ${schoolId}, x."lessonId", x."groupId", ${year.id}, x.date, x."lessonNumber", x."startsAt", x."endsAt", x.room, x."teacherId"
        from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as x("lessonId" uuid, "groupId" uuid, date date,
          "lessonNumber" int, "startsAt" text, "endsAt" text, room text, "teacherId" uuid)
        on conflict (school_id, id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
          room = excluded.room, teacher_id = excluded.teacher_id`);
    }
    const versions = await this.database.rows<{ groupId: string; version: number }>(sql`
      insert into lesson_lists (school_id, group_id, version)
      select ${schoolId}, id, 1 from unnest(${changed.map((one) => one.group.id)}::uuid[]) as id
      on conflict (school_id, group_id) do update set version = lesson_lists.version + 1
      returning group_id as "groupId", version`);
    const versionOf = new Map(versions.map((row) => [row.groupId, row.version]));
    for (const { group, lessons } of changed) {
      this.outbox.record(
        lessonsScheduled,
        { schoolId, aggregateId: group.id, aggregateVersion: versionOf.get(group.id)! },
        {
          groupId: group.id,
          academicYearId: year.id,
          lessons: lessons.map(({ groupId: _, ...lesson }) => lesson),
        },
      );
    }
  }
}

/** The group's lessons as they are to be, keeping ids of slots that stay; null when nothing changes. */
function merge(
  stored: readonly StoredLesson[],
  wanted: readonly StoredLesson[],
  from: string,
): { lessons: StoredLesson[]; removed: string[]; added: number } | null {
  const slot = (lesson: StoredLesson): string => `${lesson.date} ${lesson.lessonNumber}`;
  const known = new Map(
    stored.filter((lesson) => lesson.date >= from).map((lesson) => [slot(lesson), lesson]),
  );
  const past = stored.filter((lesson) => lesson.date < from);
  let added = 0;
  let isChanged = false;
  const coming = wanted.map((lesson) => {
    const same = known.get(slot(lesson));
    known.delete(slot(lesson));
    if (!same) {
      added += 1;
      return { ...lesson, lessonId: uuidv7() };
    }
    isChanged ||=
      same.room !== lesson.room ||
      same.teacherId !== lesson.teacherId ||
      same.startsAt !== lesson.startsAt ||
      same.endsAt !== lesson.endsAt;
    return { ...lesson, lessonId: same.lessonId };
  });
  const removed = [...known.values()].map((lesson) => lesson.lessonId);
  if (!isChanged && added === 0 && removed.length === 0) return null;
  return { lessons: [...past, ...coming], removed, added };
}
