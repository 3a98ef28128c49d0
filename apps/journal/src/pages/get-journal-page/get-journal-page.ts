import { Controller } from '@nestjs/common';
import { getJournalPage, type JournalPageOf, type JournalPageView } from '@parta/contracts-journal';
import { averageSql, weightedAverageSql } from '@parta/domain-marks';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { personsAs, READERS, visibleGroups, WRITERS } from '../../lessons/lesson.access.js';
import { hasHomework } from '../../lessons/lesson-rows.js';
import { whyClosedTo } from '../../policy/entry-window.js';
import { rangeIsAtMost } from '../date-range.js';

const AVERAGE = sql.trusted(averageSql('numeric_value'));
const WEIGHTED_AVERAGE = sql.trusted(weightedAverageSql('numeric_value', 'weight'));

@Controller()
export class GetJournalPage {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * One statement: lessons, pupils with averages, and the cells that hold something. The planner takes what comes out of the
   * materialized parts for one row; the marks of a cell are therefore looked up by their index, which is right for many too.
   * It takes any range of dates for a short one as well: with the dates as a condition of an index it would read all lessons of the school
   * in those weeks. `is true` leaves it the group.
   */
  @Handles(getJournalPage)
  async execute(
    @Input() { groupId, from, to }: JournalPageOf,
    @Caller() actor: Actor,
  ): Promise<JournalPageView> {
    rangeIsAtMost(from, to, 200);
    const now = this.clock.now().toISOString();
    const persons = personsAs(actor, READERS);
    const page = await this.database.row<JournalPageView>(sql`
      with found as materialized (
        select g.school_id, g.id, g.title, g.subject_title, t.name as teacher, g.teacher_ids && ${persons}::uuid[] as is_mine,
          s.time_zone
        from study_groups g
          join schools s on s.school_id = g.school_id
          left join classes c on c.school_id = g.school_id and c.id = g.class_id
          left join staff t on t.school_id = g.school_id and t.id = g.teacher_ids[1]
        where g.id = ${groupId} and ${visibleGroups(actor)}
      ), held as materialized (
        select l.*, w.short_code, ${whyClosedTo(personsAs(actor, WRITERS), this.clock.now())} as closed_because,
          (select o.state from opening_requests o where o.school_id = l.school_id and o.lesson_id = l.id
            order by o.asked_at desc limit 1) as opening
        from found f join lessons l on l.school_id = f.school_id and l.group_id = f.id and not l.is_removed
            and (l.date between ${from}::date and ${to}::date) is true
          join schools s on s.school_id = l.school_id
          join policies p on p.school_id = l.school_id
          left join work_types w on w.school_id = l.school_id and w.id = l.work_type_id
      ), pupils as materialized (
        select student_id, bool_or(is_active) as is_active
        from (
          select e.student_id, e.to_date is null or e.to_date >= (${now}::timestamptz at time zone f.time_zone)::date as is_active
          from found f join enrolments e on e.school_id = f.school_id and e.group_id = f.id
            and e.from_date <= ${to}::date and (e.to_date is null or e.to_date >= ${from}::date)
          -- Whoever has entries is in the list, be it that a move dated back says otherwise since.
          union all
          select c.student_id, false from held h join cells c on c.school_id = h.school_id and c.lesson_id = h.id
        ) both_ways
        group by student_id
      ), put as materialized (
        select m.student_id, m.numeric_value, w.weight
        from held h join marks m on m.school_id = h.school_id and m.lesson_id = h.id and m.annulled_at is null
          join work_types w on w.school_id = m.school_id and w.id = m.work_type_id
      ), averages as materialized (
        select student_id, ${AVERAGE} as average, ${WEIGHTED_AVERAGE} as weighted
        from put group by student_id
      )
      select f.id as "groupId", f.title, f.subject_title as "subjectTitle", f.teacher, f.is_mine as "isMine",
        coalesce((select json_agg(json_build_object('lessonId', l.id, 'date', to_char(l.date, 'YYYY-MM-DD'),
            'lessonNumber', l.lesson_number, 'workCode', l.short_code, 'topic', l.topic, 'homework', l.homework,
            'hasHomework', ${hasHomework},
            'attendanceTaken', l.attendance_taken_at is not null, 'isOpen', l.closed_because is null, 'closedBecause', l.closed_because,
            'opening', l.opening, 'isOutsideTimetable', l.is_outside_timetable) order by l.date, l.lesson_number)
          from held l), '[]') as lessons,
        coalesce((select json_agg(json_build_object('studentId', st.id, 'name', st.family_name || ' ' || st.given_name,
            'average', a.average, 'weightedAverage', a.weighted, 'isActive', e.is_active) order by st.family_name, st.given_name, st.id)
          from pupils e join students st on st.school_id = f.school_id and st.id = e.student_id
            left join averages a on a.student_id = e.student_id), '[]') as students,
        coalesce((select json_agg(json_build_object('lessonId', k.lesson_id, 'studentId', k.student_id, 'version', k.version,
            'attendance', k.attendance, 'minutesLate', k.minutes_late, 'marks', coalesce(x.marks, '[]')))
          from held h join cells k on k.school_id = h.school_id and k.lesson_id = h.id
            left join lateral (select json_agg(json_build_object('markId', m.id, 'value', m.value, 'workTypeId', m.work_type_id,
                'comment', m.comment, 'isLate', m.is_late) order by m.recorded_at, m.id) as marks
              from marks m where m.school_id = k.school_id and m.lesson_id = k.lesson_id and m.student_id = k.student_id
                and m.annulled_at is null) x on true), '[]') as cells
      from found f`);
    if (!page) throw new NotFound('journal.journal-not-found', 'no such journal');
    return page;
  }
}
