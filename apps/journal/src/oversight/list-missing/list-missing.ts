import { Controller } from '@nestjs/common';
import { listMissing, type MissingOn, type MissingView } from '@parta/contracts-journal';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { hasHomework, lacksEntries, lessonTables } from '../../lessons/lesson-rows.js';

@Controller()
export class ListMissing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Lessons that have ended, and apart from them those still to come; a lesson that is filled in is in neither list. */
  @Handles(listMissing)
  async execute(@Input() { date, withComing }: MissingOn, @Caller() actor: Actor): Promise<MissingView> {
    const now = this.clock.now().toISOString();
    const view = await this.database.row<Omit<MissingView, 'date'>>(sql`
      with of_day as (
        select l.id as "lessonId", l.group_id as "groupId", g.title as "groupTitle", t.name as teacher,
          l.lesson_number as "lessonNumber", l.starts_at as "startsAt", coalesce(l.topic, '') = '' as "lacksTopic",
          not ${hasHomework} as "lacksHomework",
          ${lacksEntries} as "lacksEntries",
          ((l.date + p.current_entry_deadline) at time zone s.time_zone) as deadline,
          ((l.date + l.ends_at::time) at time zone s.time_zone) <= ${now}::timestamptz as has_ended
        from ${lessonTables} left join staff t on t.school_id = l.school_id and t.id = l.teacher_id
        where l.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[]) and l.date = ${date} and not l.is_removed
      ), unfilled as (
        select *, json_build_object('lessonId', "lessonId", 'groupId', "groupId", 'groupTitle', "groupTitle",
          'teacher', teacher, 'lessonNumber', "lessonNumber", 'startsAt', "startsAt", 'lacksTopic', "lacksTopic",
          'lacksHomework', "lacksHomework", 'lacksEntries', "lacksEntries",
          'entryDeadline', to_char(deadline at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          'isOverdue', ${now}::timestamptz > deadline) as lesson
        from of_day where "lacksTopic" or "lacksHomework" or "lacksEntries"
      )
      select (select count(*)::int from of_day where has_ended) as held,
        (select count(*)::int from of_day where has_ended and not ("lacksTopic" or "lacksHomework" or "lacksEntries")) as complete,
        coalesce((select json_agg(lesson order by teacher, "startsAt", "groupTitle") from unfilled where has_ended), '[]') as lessons,
        coalesce((select json_agg(lesson order by "startsAt", teacher, "groupTitle") from unfilled
          where not has_ended and ${withComing ?? false}), '[]') as coming`);
    return { date, ...view! };
  }
}
