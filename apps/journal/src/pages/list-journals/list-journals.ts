import { Controller } from '@nestjs/common';
import { listJournals, type JournalList, type JournalRow } from '@parta/contracts-journal';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, type Actor } from '@parta/platform-rpc';
import { personsAs, READERS, visibleGroups } from '../../lessons/lesson.access.js';
import { hasEntries } from '../../lessons/lesson-rows.js';

@Controller()
export class ListJournals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A group that is active no more stays in the list as long as something is written in its lessons. The running year is
   * that of the school's last lesson until today: the journals of a year are past ones when the next has begun, not when
   * its groups come in summer.
   */
  @Handles(listJournals)
  async execute(@Caller() actor: Actor): Promise<JournalList> {
    const now = this.clock.now().toISOString();
    const journals = await this.database.rows<JournalRow>(sql`
      with own as materialized (
        select s.school_id, (${now}::timestamptz at time zone s.time_zone)::date as today from schools s
        where s.school_id = any (${actor.schools(READERS)}::uuid[])
      ), running as materialized (
        select o.*, (select l.academic_year_id from lessons l where l.school_id = o.school_id and not l.is_removed
          and l.date <= o.today order by l.date desc limit 1) as year_id
        from own o
      )
      select g.id as "groupId", g.school_id as "schoolId", g.title, g.subject_title as "subjectTitle", c.title as "classTitle",
        t.name as teacher, g.teacher_ids && ${personsAs(actor, READERS)}::uuid[] as "isMine", coalesce(n.students, 0) as students,
        not g.is_active and (select l.academic_year_id from lessons l where l.school_id = g.school_id and l.group_id = g.id
          and not l.is_removed order by l.date desc limit 1) is distinct from r.year_id as "isPast"
      from study_groups g
        join running r on r.school_id = g.school_id
        left join classes c on c.school_id = g.school_id and c.id = g.class_id
        left join staff t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
        left join (select e.school_id, e.group_id, count(distinct e.student_id)::int as students
          from running y join enrolments e on e.school_id = y.school_id and (e.to_date is null or e.to_date >= y.today)
          group by e.school_id, e.group_id) n on n.school_id = g.school_id and n.group_id = g.id
      where ${visibleGroups(actor)} and (g.is_active or exists (select 1 from lessons l where l.school_id = g.school_id
        and l.group_id = g.id and not l.is_removed and ${hasEntries('l')}))
      order by "isPast", c.grade_level nulls last, c.title, g.subject_title, g.title
      limit 5000`);
    return { journals };
  }
}
