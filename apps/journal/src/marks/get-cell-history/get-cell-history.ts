import { Controller } from '@nestjs/common';
import {
  getCellHistory,
  type CellHistory,
  type CellRef,
  type CellView,
  type EntryChange,
} from '@parta/contracts-journal';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleGroups } from '../../lessons/lesson.access.js';
import { cellJson, lessonTables } from '../../lessons/lesson-rows.js';

@Controller()
export class GetCellHistory {
  constructor(private readonly database: Database) {}

  @Handles(getCellHistory)
  async execute(@Input() { lessonId, studentId }: CellRef, @Caller() actor: Actor): Promise<CellHistory> {
    const cell = cellJson(
      sql.trusted('l.id'),
      sql.trusted('st.id'),
      sql.trusted('k'),
      sql.trusted('l.school_id'),
    );
    const found = await this.database.row<{ cell: CellView; changes: EntryChange[] }>(sql`
      select ${cell} as cell,
        coalesce((select json_agg(json_build_object(
            'changedAt', to_char(h.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changedBy', h.changed_by,
            'subject', h.subject, 'before', h.before, 'after', h.after, 'reason', h.reason, 'isLate', h.is_late)
            order by h.changed_at desc, h.id desc)
          from changes h where h.school_id = l.school_id and h.lesson_id = l.id and h.student_id = st.id), '[]') as changes
      from ${lessonTables}
        join students st on st.school_id = l.school_id and st.id = ${studentId}
        left join cells k on k.school_id = l.school_id and k.lesson_id = l.id and k.student_id = st.id
      where l.id = ${lessonId} and ${visibleGroups(actor)}
        and exists (select 1 from enrolments e where e.school_id = l.school_id and e.group_id = l.group_id and e.student_id = st.id)`);
    if (!found) throw new NotFound('journal.lesson-not-found', 'no such cell');
    return found;
  }
}
