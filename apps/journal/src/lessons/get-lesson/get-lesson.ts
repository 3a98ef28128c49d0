import { Controller } from '@nestjs/common';
import { getLesson, type LessonCard, type LessonId } from '@parta/contracts-journal';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { whyClosedTo } from '../../policy/entry-window.js';
import { personsAs, visibleGroups, WRITERS } from '../lesson.access.js';
import { cellJson, lessonRowColumns, lessonTables } from '../lesson-rows.js';

@Controller()
export class GetLesson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(getLesson)
  async execute(@Input() { lessonId }: LessonId, @Caller() actor: Actor): Promise<LessonCard> {
    const cell = cellJson(
      sql.trusted('l.id'),
      sql.trusted('st.id'),
      sql.trusted('k'),
      sql.trusted('l.school_id'),
    );
    const lesson = await this.database.row<LessonCard>(sql`
      select ${lessonRowColumns(this.clock.now())},
        l.description_version as version, l.work_type_id as "workTypeId", l.comment_for_families as "commentForFamilies",
        l.attendance_taken_at is not null as "attendanceTaken",
        l.teacher_id = any (${personsAs(actor, WRITERS)}::uuid[]) as "isMine",
        ${whyClosedTo(personsAs(actor, WRITERS), this.clock.now())} as "closedBecause",
        (select json_build_object('state', o.state, 'openUntil', to_char(o.open_until, 'YYYY-MM-DD'), 'answer', o.answer)
          from opening_requests o where o.school_id = l.school_id and o.lesson_id = l.id order by o.asked_at desc limit 1) as opening,
        plan.item->>'topic' as "plannedTopic", plan.item->>'homework' as "plannedHomework",
        json_build_object('text', l.homework, 'noHomework', l.no_homework, 'dueDate', to_char(l.homework_due, 'YYYY-MM-DD'),
          'individual', coalesce((select json_agg(json_build_object('studentId', h.student_id, 'text', h.text) order by h.student_id)
            from individual_homework h where h.school_id = l.school_id and h.lesson_id = l.id), '[]')) as homework,
        coalesce((select json_agg(json_build_object('studentId', st.id, 'name', st.family_name || ' ' || st.given_name, 'cell', ${cell})
            order by st.family_name, st.given_name, st.id)
          from students st left join cells k on k.school_id = l.school_id and k.lesson_id = l.id and k.student_id = st.id
          where st.school_id = l.school_id and st.id in (select e.student_id from enrolments e where e.school_id = l.school_id
            and e.group_id = l.group_id and e.from_date <= l.date and (e.to_date is null or e.to_date >= l.date)
            union select c.student_id from cells c where c.school_id = l.school_id and c.lesson_id = l.id)), '[]') as list
      from ${lessonTables}
      -- The plan's nth topic belongs to the group's nth lesson of the year.
      left join lateral (
        select tp.lessons->(select count(*)::int from lessons earlier where earlier.school_id = l.school_id
          and earlier.group_id = l.group_id and not earlier.is_removed
          and earlier.academic_year_id is not distinct from l.academic_year_id
          and (earlier.date, earlier.lesson_number) < (l.date, l.lesson_number)) as item
        from thematic_plans tp where tp.school_id = l.school_id and tp.group_id = l.group_id) plan on true
      where l.id = ${lessonId} and not l.is_removed and ${visibleGroups(actor)}`);
    if (!lesson) throw new NotFound('journal.lesson-not-found', 'no such lesson');
    return { ...lesson, isMine: lesson.isMine ?? false };
  }
}
