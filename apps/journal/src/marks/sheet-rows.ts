import { Injectable } from '@nestjs/common';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import type { Cell } from './domain/cell.js';
import type { Mark } from './domain/mark.js';

/** Cells `c` that fit a condition, as a JSON array of `StoredCell`. */
export const storedCells = (where: SqlFragment): SqlFragment => sql`coalesce((
  select json_agg(json_build_object('lessonId', c.lesson_id, 'studentId', c.student_id, 'id', c.id, 'version', c.version,
    'attendance', c.attendance, 'minutesLate', c.minutes_late, 'absenceReason', c.absence_reason))
  from cells c where ${where}), '[]')`;

/** Marks `m` that fit a condition, annulled ones too, as a JSON array of `StoredMark` in the order of their recording. */
export const storedMarks = (where: SqlFragment): SqlFragment => sql`coalesce((
  select json_agg(json_build_object('id', m.id, 'lessonId', m.lesson_id, 'studentId', m.student_id, 'value', m.value,
    'numericValue', m.numeric_value, 'workTypeId', m.work_type_id, 'comment', m.comment, 'isLate', m.is_late,
    'recordedAt', m.recorded_at, 'annulledAt', m.annulled_at, 'version', m.version) order by m.recorded_at, m.id)
  from marks m where ${where}), '[]')`;

/**
 * Stores cells and marks. Not through the entity manager: a class's marks are one statement, and the command that
 * teachers send all day costs half. Two commands never meet in one cell, for each has locked the lesson. Nobody waits for
 * the statements, which travel together; what is read after them in the same unit of work sees what they have written.
 */
@Injectable()
export class SheetRows {
  constructor(private readonly database: Database) {}

  /** Each lesson of the cells has, when it is stored, entries of the next version. */
  store(schoolId: string, cells: readonly Cell[], marks: readonly Mark[]): void {
    if (marks.length > 0)
      this.database.send(sql`
        insert into marks (school_id, id, lesson_id, student_id, value, numeric_value, work_type_id, comment, is_late,
          recorded_at, annulled_at, version)
        select ${schoolId}::uuid, x.id, x."lessonId", x."studentId", x.value, x."numericValue", x."workTypeId", x.comment,
          x."isLate", x."recordedAt", x."annulledAt", x.version
        from json_to_recordset(${JSON.stringify(marks)}::json) as x(id uuid, "lessonId" uuid, "studentId" uuid, value text,
          "numericValue" numeric, "workTypeId" uuid, comment text, "isLate" boolean, "recordedAt" timestamptz,
          "annulledAt" timestamptz, version int)
        on conflict (school_id, id) do update set value = excluded.value, numeric_value = excluded.numeric_value,
          work_type_id = excluded.work_type_id, comment = excluded.comment, annulled_at = excluded.annulled_at,
          version = excluded.version`);
    this.database.send(sql`
      insert into cells (school_id, lesson_id, student_id, id, version, attendance, minutes_late, absence_reason)
      select ${schoolId}::uuid, x."lessonId", x."studentId", x.id, x.version, x.attendance, x."minutesLate", x."absenceReason"
      from json_to_recordset(${JSON.stringify(cells)}::json) as x("lessonId" uuid, "studentId" uuid, id uuid, version int,
        attendance text, "minutesLate" int, "absenceReason" text)
      on conflict (school_id, lesson_id, student_id) do update set version = excluded.version,
        attendance = excluded.attendance, minutes_late = excluded.minutes_late, absence_reason = excluded.absence_reason`);
    this.database.send(sql`
      update lessons set entries_version = entries_version + 1
      where school_id = ${schoolId} and ${sql.oneOf('id', [...new Set(cells.map((cell) => cell.lessonId))])}`);
  }
}
