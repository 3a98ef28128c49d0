import { Controller } from '@nestjs/common';
import {
  listSubjectMarks,
  type DiaryPeriod,
  type SubjectMarks,
  type SubjectMarksOf,
  type SubjectMarksView,
} from '@parta/contracts-diary';
import { runningYear, type DatedYear, type PeriodView } from '@parta/contracts-curriculum';
import { averageSql, weightedAverageSql } from '@parta/domain-marks';
import { NotFound } from '@parta/platform-errors';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { DateTime } from 'luxon';
import { onlyTheFamilyAndItsTeachersRead, type DiaryOwner } from '../../diary.access.js';
import { markJson } from '../mark-json.js';
import { periodKindsFor, periodOf } from '../periods.js';

const AVERAGE = sql.trusted(averageSql('numeric_value'));
const WEIGHTED_AVERAGE = sql.trusted(weightedAverageSql('numeric_value', 'weight'));

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
    const today = DateTime.fromJSDate(this.clock.now(), { zone: owner.timeZone }).toISODate()!;
    const periods = await this.periodsOf(owner, today);
    const period = periodId ? periods.find((one) => one.periodId === periodId) : periodOf(periods, today);
    if (periodId && !period) throw new NotFound('diary.period-not-found', 'no such period for this pupil');
    return {
      studentId,
      periodId: period?.periodId ?? null,
      periods,
      subjects: period ? await this.subjectsOf(owner, period) : [],
    };
  }

  /** Those of the running year: it stays so through the summer, until the next begins. */
  private async periodsOf(owner: DiaryOwner, today: string): Promise<DiaryPeriod[]> {
    const years = await this.database.rows<DatedYear & { periods: PeriodView[] }>(sql`
      select id, to_char(start_date, 'YYYY-MM-DD') as "startDate", to_char(end_date, 'YYYY-MM-DD') as "endDate", periods
      from school_years where school_id = ${owner.schoolId}`);
    const kinds = periodKindsFor(owner.schoolKind, owner.gradeLevel);
    return (runningYear(years, today)?.periods ?? [])
      .filter((period) => kinds.includes(period.kind))
      .map(({ periodId, title, startDate, endDate }) => ({ periodId, title, startDate, endDate }))
      .toSorted((a, b) => a.startDate.localeCompare(b.startDate));
  }

  /**
   * Subjects learnt in the period, and those with marks or absences of it. An entry belongs to the subject of its study
   * group as it is called now; the entry's own title counts for a group that has not been heard of.
   */
  private subjectsOf(
    { schoolId, studentId }: DiaryOwner,
    { startDate, endDate }: DiaryPeriod,
  ): Promise<SubjectMarks[]> {
    return this.database.rows<SubjectMarks>(sql`
      with learnt as (
        select g.subject_title as subject, t.name as teacher
        from enrolments e join study_groups g on g.school_id = e.school_id and g.id = e.group_id
          left join staff t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
        where e.school_id = ${schoolId} and e.student_id = ${studentId} and e.from_date <= ${endDate}::date
          and (e.to_date is null or e.to_date >= ${startDate}::date)
      ), put as materialized (
        select m.*, ${subjectNow('m')} as subject from marks m ${joinGroupOf('m')}
        where m.school_id = ${schoolId} and m.student_id = ${studentId} and not m.is_annulled
          and m.date between ${startDate}::date and ${endDate}::date
      ), missed as materialized (
        select ${subjectNow('a')} as subject, count(*)::int as absences from attendance a ${joinGroupOf('a')}
        where a.school_id = ${schoolId} and a.student_id = ${studentId} and a.code in ('ABSENT', 'ILL', 'EXCUSED')
          and a.date between ${startDate}::date and ${endDate}::date
        group by 1
      ), subjects as (
        select subject, min(teacher) as teacher
        from (select * from learnt union all select subject, null from put union all select subject, null from missed) every
        group by subject
      )
      select s.subject as "subjectTitle", s.teacher,
        (select ${AVERAGE} from put p where p.subject = s.subject) as average,
        (select ${WEIGHTED_AVERAGE} from put p where p.subject = s.subject) as "weightedAverage",
        coalesce((select absences from missed m where m.subject = s.subject), 0) as absences,
        coalesce((select json_agg(${markJson('p', ", 'date', to_char(p.date, 'YYYY-MM-DD'), 'lessonId', p.lesson_id")}
          order by p.date, p.recorded_at, p.id) from put p where p.subject = s.subject), '[]') as marks
      from subjects s order by s.subject`);
  }
}

/** The study group `g` of a mark or absence; of one stored before it said so, the group of its lesson `l`. */
const joinGroupOf = (entry: string): SqlFragment =>
  sql.trusted(`left join lessons l on l.school_id = ${entry}.school_id and l.id = ${entry}.lesson_id
          left join study_groups g on g.school_id = ${entry}.school_id and g.id = coalesce(${entry}.group_id, l.group_id)`);

const subjectNow = (entry: string): SqlFragment =>
  sql.trusted(`coalesce(g.subject_title, ${entry}.subject_title)`);
