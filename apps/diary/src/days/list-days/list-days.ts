import { Controller } from '@nestjs/common';
import { listDiaryDays, type DiaryDaysOf, type DiaryDaysView } from '@parta/contracts-diary';
import { DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, Written, type Actor } from '@parta/platform-rpc';
import { onlyTheFamilyAndItsTeachersRead, schoolOfOwnDiary } from '../../diary.access.js';
import { markJson } from '../../marks/mark-json.js';

const MAX_DAYS = 31;

@Controller()
export class ListDays {
  constructor(private readonly database: Database) {}

  @Handles(listDiaryDays)
  async execute(
    @Input() { studentId, from, to }: DiaryDaysOf,
    @Caller() actor: Actor,
  ): Promise<Written<DiaryDaysView>> {
    const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (!(length >= 1 && length <= MAX_DAYS)) {
      throw new DomainError('invalid', 'diary.range-too-long', `from and to span 1 to ${MAX_DAYS} days`, {
        details: { maxDays: MAX_DAYS },
      });
    }
    const days = (schoolId: string): Promise<string> => this.days(schoolId, studentId, from, to);
    // A family's week is asked for in one go with the check: where its diary should be, the token says.
    const expected = schoolOfOwnDiary(actor, studentId);
    const [{ schoolId, name, classTitle, timeZone }, own] = await Promise.all([
      onlyTheFamilyAndItsTeachersRead(this.database, actor, studentId),
      expected && days(expected),
    ]);
    return Written.with<DiaryDaysView, 'days'>(
      { studentId, studentName: name, classTitle, timeZone },
      { days: own && schoolId === expected ? own : await days(schoolId) },
    );
  }

  /** The days as JSON, a list of `DiaryDay`. */
  private async days(schoolId: string, studentId: string, from: string, to: string): Promise<string> {
    const row = await this.database.row<{ days: string }>(sql`
      with put as materialized (
        select m.lesson_id, json_agg(${markJson('m')} order by m.recorded_at, m.id) as marks
        from marks m where m.school_id = ${schoolId} and m.student_id = ${studentId}
          and m.date between ${from}::date and ${to}::date and not m.is_annulled
        group by m.lesson_id
      ), away as materialized (
        select a.lesson_id, json_build_object('code', a.code, 'minutesLate', a.minutes_late, 'reason', a.reason) as absence
        from attendance a where a.school_id = ${schoolId} and a.student_id = ${studentId}
          and a.date between ${from}::date and ${to}::date and a.code is not null
      ), placed as materialized (
        select l.id
        from enrolments e
          join lessons l on l.school_id = e.school_id and l.group_id = e.group_id and not l.is_removed
            and l.date between ${from}::date and ${to}::date and l.date >= e.from_date and (e.to_date is null or l.date <= e.to_date)
        where e.school_id = ${schoolId} and e.student_id = ${studentId}
        union
        -- Told of already: it stays, be the lesson removed or the pupil said to have left before it.
        select lesson_id from put union select lesson_id from away
        union
        select l.id
        from enrolments e
          join lessons l on l.school_id = e.school_id and l.group_id = e.group_id and l.is_removed
            and l.date between ${from}::date and ${to}::date and l.date >= e.from_date and (e.to_date is null or l.date <= e.to_date)
          join lesson_descriptions x on x.school_id = l.school_id and x.lesson_id = l.id
            and coalesce(x.topic, x.homework, x.comment_for_families) is not null
        where e.school_id = ${schoolId} and e.student_id = ${studentId}
      ), mine as materialized (
        select l.*, g.subject_title
        from placed
          join lessons l on l.school_id = ${schoolId} and l.id = placed.id
          join study_groups g on g.school_id = l.school_id and g.id = l.group_id
      ), by_day as materialized (
        select l.date, json_agg(json_build_object('lessonId', l.id, 'lessonNumber', l.lesson_number, 'startsAt', l.starts_at,
            'endsAt', l.ends_at, 'subjectTitle', l.subject_title, 'room', l.room, 'teacher', t.name, 'topic', x.topic,
            'homework', json_build_object('text', x.homework, 'individual', (select h->>'text' from jsonb_array_elements(x.individual) h
              where h->>'studentId' = ${studentId}::text limit 1), 'noHomework', coalesce(x.no_homework, false),
              'dueDate', to_char(x.homework_due, 'YYYY-MM-DD')),
            'comment', x.comment_for_families, 'marks', coalesce(p.marks, '[]'), 'absence', a.absence)
          order by l.starts_at, l.lesson_number, l.subject_title) as lessons
        from mine l
          left join put p on p.lesson_id = l.id
          left join away a on a.lesson_id = l.id
          left join lesson_descriptions x on x.school_id = l.school_id and x.lesson_id = l.id
          left join staff t on t.school_id = l.school_id and t.id = l.teacher_id
        group by l.date
      )
      select json_agg(json_build_object('date', to_char(d.day, 'YYYY-MM-DD'), 'dayOff', (select x->>'title'
            from school_years y, jsonb_array_elements(y.days_off) x
            where y.school_id = ${schoolId} and x->>'date' = to_char(d.day, 'YYYY-MM-DD') limit 1),
          'lessons', coalesce(b.lessons, '[]')) order by d.day)::text as days
      from generate_series(${from}::date, ${to}::date, interval '1 day') as d(day) left join by_day b on b.date = d.day::date`);
    return row!.days;
  }
}
