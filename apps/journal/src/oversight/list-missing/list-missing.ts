import { Controller } from '@nestjs/common';
import { listMissing, type MissingLesson, type MissingOn, type MissingView } from '@parta/contracts-journal';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { hasHomework, lessonTables } from '../../lessons/lesson-rows.js';

@Controller()
export class ListMissing {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listMissing)
  async execute(@Input() { date }: MissingOn, @Caller() actor: Actor): Promise<MissingView> {
    const now = this.clock.now().toISOString();
    const view = await this.database.row<{ held: number; complete: number; lessons: MissingLesson[] }>(sql`
      with held as (
        select l.id as "lessonId", l.group_id as "groupId", g.title as "groupTitle", t.name as teacher,
          l.lesson_number as "lessonNumber", l.starts_at as "startsAt", coalesce(l.topic, '') = '' as "lacksTopic",
          not ${hasHomework} as "lacksHomework",
          not exists (select 1 from cells k where k.school_id = l.school_id and k.lesson_id = l.id) as "lacksEntries",
          ((l.date + p.current_entry_deadline) at time zone s.time_zone) as deadline
        from ${lessonTables} left join staff t on t.school_id = l.school_id and t.id = l.teacher_id
        where l.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[]) and l.date = ${date} and not l.is_removed
          and ((l.date + l.ends_at::time) at time zone s.time_zone) <= ${now}::timestamptz
      )
      select (select count(*)::int from held) as held,
        (select count(*)::int from held where not ("lacksTopic" or "lacksHomework" or "lacksEntries")) as complete,
        coalesce((select json_agg(json_build_object('lessonId', "lessonId", 'groupId', "groupId", 'groupTitle', "groupTitle",
            'teacher', teacher, 'lessonNumber', "lessonNumber", 'startsAt', "startsAt", 'lacksTopic', "lacksTopic",
            'lacksHomework', "lacksHomework", 'lacksEntries', "lacksEntries",
            'entryDeadline', to_char(deadline at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'isOverdue', ${now}::timestamptz > deadline) order by teacher, "startsAt", "groupTitle")
          from held where "lacksTopic" or "lacksHomework" or "lacksEntries"), '[]') as lessons`);
    return { date, ...view! };
  }
}
