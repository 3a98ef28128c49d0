import { sql, type SqlFragment } from '@parta/platform-persistence';

/** Columns of `LessonRow` for lessons `l`, groups `g`, schools `s` and policies `p`. */
export const lessonRowColumns = (now: Date): SqlFragment => sql`
  l.id as "lessonId", l.school_id as "schoolId", l.group_id as "groupId", g.title as "groupTitle",
  g.subject_title as "subjectTitle", to_char(l.date, 'YYYY-MM-DD') as date, l.lesson_number as "lessonNumber",
  l.starts_at as "startsAt", l.ends_at as "endsAt", l.room, l.topic, ${hasHomework} as "hasHomework",
  (select count(distinct e.student_id)::int from enrolments e where e.school_id = l.school_id and e.group_id = l.group_id
    and e.from_date <= l.date and (e.to_date is null or e.to_date >= l.date)) as students,
  (select count(*)::int from cells c where c.school_id = l.school_id and c.lesson_id = l.id
    and c.attendance in ('ABSENT', 'ILL', 'EXCUSED')) as absent,
  (select count(*)::int from marks m where m.school_id = l.school_id and m.lesson_id = l.id and m.annulled_at is null) as marks,
  ${lacksEntries} as "lacksEntries",
  to_char(((l.date + p.current_entry_deadline) at time zone s.time_zone) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "entryDeadline",
  ${isWithinWindow(now)} as "isOpen", l.is_outside_timetable as "isOutsideTimetable"`;

/** Homework is written, for all or for single pupils, or «Без задания» is (R133). */
export const hasHomework: SqlFragment = sql.trusted(`(l.no_homework or l.homework is not null or exists (
  select 1 from individual_homework h where h.school_id = l.school_id and h.lesson_id = l.id))`);

/** Pupils are in the group, and neither a mark nor an absence nor «Все присутствуют» says that the lesson was kept (R140). */
export const lacksEntries: SqlFragment = sql.trusted(`(l.attendance_taken_at is null
  and not exists (select 1 from cells c where c.school_id = l.school_id and c.lesson_id = l.id and c.attendance is not null)
  and not exists (select 1 from marks m where m.school_id = l.school_id and m.lesson_id = l.id and m.annulled_at is null)
  and exists (select 1 from enrolments e where e.school_id = l.school_id and e.group_id = l.group_id
    and e.from_date <= l.date and (e.to_date is null or e.to_date >= l.date)))`);

/** Something was written about the lesson under that alias, be it taken back since. */
export const hasEntries = (lesson: string): SqlFragment =>
  sql.trusted(`(${lesson}.entries_version > 0 or ${lesson}.description_version > 0
  or ${lesson}.attendance_taken_at is not null
  or exists (select 1 from cells c where c.school_id = ${lesson}.school_id and c.lesson_id = ${lesson}.id)
  or exists (select 1 from marks m where m.school_id = ${lesson}.school_id and m.lesson_id = ${lesson}.id))`);

/** Whether entries of the lesson are accepted at that instant. */
export const isWithinWindow = (now: Date): SqlFragment => sql`(
  ${now.toISOString()}::timestamptz >= (l.date::timestamp at time zone s.time_zone)
  and ${now.toISOString()}::timestamptz < ((greatest(l.date + p.entry_window_days, l.opened_until) + 1)::timestamp at time zone s.time_zone))`;

/** Lessons with what their columns need. */
export const lessonTables: SqlFragment = sql.trusted(`lessons l
  join study_groups g on g.school_id = l.school_id and g.id = l.group_id
  join schools s on s.school_id = l.school_id
  join policies p on p.school_id = l.school_id
  left join classes c on c.school_id = g.school_id and c.id = g.class_id`);

/** A cell as JSON, for a cell `c` that may be missing and its marks. */
export const cellJson = (
  lessonId: SqlFragment,
  studentId: SqlFragment,
  cell: SqlFragment,
  school: SqlFragment,
): SqlFragment => sql`
  json_build_object('lessonId', ${lessonId}, 'studentId', ${studentId}, 'version', coalesce(${cell}.version, 0),
    'attendance', ${cell}.attendance, 'minutesLate', ${cell}.minutes_late, 'marks', coalesce((
      select json_agg(json_build_object('markId', m.id, 'value', m.value, 'workTypeId', m.work_type_id, 'comment', m.comment,
        'isLate', m.is_late) order by m.recorded_at, m.id)
      from marks m where m.school_id = ${school} and m.lesson_id = ${lessonId} and m.student_id = ${studentId}
        and m.annulled_at is null), '[]'))`;
