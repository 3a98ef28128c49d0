import { Controller } from '@nestjs/common';
import { runningYear, type DatedYear } from '@parta/contracts-curriculum';
import { getReportChoices, type ReportChoices } from '@parta/contracts-reporting';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Caller, Clock, Handles, type Actor } from '@parta/platform-rpc';
import { printableGroups, reportableClasses, staffPersons } from '../../jobs/report.access.js';

/** What the order form offers. */
@Controller()
export class GetReportChoices {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * A study group that is active no more is offered as long as its journal holds entries, and its class with it. Both
   * are past when no lesson of theirs is in the running year.
   */
  @Handles(getReportChoices)
  async execute(@Caller() actor: Actor): Promise<ReportChoices> {
    const persons = staffPersons(actor);
    const running = await this.runningYears();
    const isOver = (group: string): SqlFragment => sql`not exists (select 1 from lesson_lists l
      where l.school_id = ${sql.trusted(group)}.school_id and l.group_id = ${sql.trusted(group)}.id
        and l.academic_year_id = any (${running}::uuid[]) and l.lessons <> '[]')`;
    const choices = await this.database.row<ReportChoices>(sql`
      with groups as materialized (
        select g.id, g.class_id, g.title, g.subject_title, c.title as class_title, c.grade_level,
          g.teacher_ids && ${persons}::uuid[] as is_mine, not g.is_active and ${isOver('g')} as is_past
        from study_groups g left join classes c on c.school_id = g.school_id and c.id = g.class_id
        where (g.is_active or ${holdsEntries('g')}) and ${printableGroups(actor)}
      ), classes_offered as materialized (
        select c.id, c.title, c.grade_level, c.homeroom_teacher_ids && ${persons}::uuid[] as is_mine,
          not c.is_active and not exists (select 1 from study_groups k where k.school_id = c.school_id and k.class_id = c.id
            and not ${isOver('k')}) as is_past
        from classes c
        where (c.is_active or exists (select 1 from study_groups k where k.school_id = c.school_id and k.class_id = c.id
          and ${holdsEntries('k')})) and ${reportableClasses(actor)}
      )
      select
        coalesce((select json_agg(json_build_object('groupId', g.id, 'classId', g.class_id, 'title', g.title,
            'subjectTitle', g.subject_title, 'classTitle', g.class_title, 'isMine', g.is_mine, 'isPast', g.is_past)
            order by g.is_past, g.grade_level nulls last, g.class_title, g.subject_title, g.title) from groups g), '[]') as groups,
        coalesce((select json_agg(json_build_object('classId', c.id, 'title', c.title, 'isMine', c.is_mine,
            'isPast', c.is_past) order by c.is_past, c.grade_level nulls last, c.title) from classes_offered c), '[]') as classes`);
    return choices!;
  }

  /** Of each school in the running unit of work. */
  private async runningYears(): Promise<string[]> {
    const now = this.clock.now().toISOString();
    const years = await this.database.rows<DatedYear & { schoolId: string; today: string }>(sql`
      select y.school_id as "schoolId", y.id, to_char(y.start_date, 'YYYY-MM-DD') as "startDate",
        to_char(y.end_date, 'YYYY-MM-DD') as "endDate", to_char(${now}::timestamptz at time zone s.time_zone, 'YYYY-MM-DD') as today
      from school_years y join schools s on s.school_id = y.school_id`);
    return [...Map.groupBy(years, (year) => year.schoolId).values()].map(
      (ofSchool) => runningYear(ofSchool, ofSchool[0]!.today)!.id,
    );
  }
}

/** Something stands in the journal of the study group under that alias. */
const holdsEntries = (group: string): SqlFragment =>
  sql.trusted(`(exists (select 1 from marks m where m.school_id = ${group}.school_id and m.group_id = ${group}.id and not m.is_annulled)
    or exists (select 1 from attendance a where a.school_id = ${group}.school_id and a.group_id = ${group}.id and a.code is not null)
    or exists (select 1 from lesson_descriptions d where d.school_id = ${group}.school_id and d.group_id = ${group}.id))`);
