import { Controller } from '@nestjs/common';
import {
  listSubjectMarks,
  type DiaryPeriod,
  type SubjectMarks,
  type SubjectMarksOf,
  type SubjectMarksView,
} from '@parta/contracts-diary';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { DateTime } from 'luxon';
import { onlyTheFamilyAndItsTeachersRead, type DiaryOwner } from '../../diary.access.js';
import { markJson } from '../mark-json.js';
import { periodKindsFor, periodOf } from '../periods.js';

@Controller()
export class ListSubjectMarks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listSubjectMarks)
  async execute(
    @Input() { studentId, periodId }: SubjectMarksOf,
    @Caller() actor: Actor,
  ): Promise<SubjectMarksView> {
    const owner = await onlyTheFamilyAndItsTeachersRead(this.database, actor, studentId);
    const periods = await this.periodsOf(owner);
    const today = DateTime.fromJSDate(this.clock.now(), { zone: owner.timeZone }).toISODate()!;
    const period = periodId ? periods.find((one) => one.periodId === periodId) : periodOf(periods, today);
    if (periodId && !period) throw new NotFound('diary.period-not-found', 'no such period for this pupil');
    return {
      studentId,
      periodId: period?.periodId ?? null,
      periods,
      subjects: period ? await this.subjectsOf(owner, period) : [],
    };
  }

  private periodsOf(owner: DiaryOwner): Promise<DiaryPeriod[]> {
    return this.database.rows<DiaryPeriod>(sql`
      select x->>'periodId' as "periodId", x->>'title' as title, x->>'startDate' as "startDate", x->>'endDate' as "endDate"
      from (select * from school_years where school_id = ${owner.schoolId} order by start_date desc limit 1) y,
        jsonb_array_elements(y.periods) x
      where x->>'kind' = any (${periodKindsFor(owner.schoolKind, owner.gradeLevel)}::text[])
      order by x->>'startDate'`);
  }

  private subjectsOf(
    { schoolId, studentId }: DiaryOwner,
    { startDate, endDate }: DiaryPeriod,
  ): Promise<SubjectMarks[]> {
    return this.database.rows<SubjectMarks>(sql`
      with subjects as (
        select g.subject_title, min(t.name) as teacher
        from enrolments e join study_groups g on g.school_id = e.school_id and g.id = e.group_id
          left join staff t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
        where e.school_id = ${schoolId} and e.student_id = ${studentId} and e.from_date <= ${endDate}::date
          and (e.to_date is null or e.to_date >= ${startDate}::date)
        group by g.subject_title
      ), put as materialized (
        select * from marks where school_id = ${schoolId} and student_id = ${studentId} and not is_annulled
          and date between ${startDate}::date and ${endDate}::date
      ), missed as materialized (
        select subject_title, count(*)::int as absences from attendance where school_id = ${schoolId} and student_id = ${studentId}
          and code in ('ABSENT', 'ILL', 'EXCUSED') and date between ${startDate}::date and ${endDate}::date group by subject_title
      )
      select s.subject_title as "subjectTitle", s.teacher,
        (select round(avg(numeric_value), 2)::float8 from put p where p.subject_title = s.subject_title) as average,
        (select round(sum(numeric_value * weight) / nullif(sum(weight) filter (where numeric_value is not null), 0), 2)::float8
          from put p where p.subject_title = s.subject_title) as "weightedAverage",
        coalesce((select absences from missed m where m.subject_title = s.subject_title), 0) as absences,
        coalesce((select json_agg(${markJson('p', ", 'date', to_char(p.date, 'YYYY-MM-DD'), 'lessonId', p.lesson_id")}
          order by p.date, p.recorded_at, p.id) from put p where p.subject_title = s.subject_title), '[]') as marks
      from subjects s order by s.subject_title`);
  }
}
