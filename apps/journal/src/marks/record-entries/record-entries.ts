import { Controller } from '@nestjs/common';
import { recordEntries, type RecordedEntries, type RecordEntries as Command } from '@parta/contracts-journal';
import { STAFF_ROLES } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { PublishedEvents } from '../../integration/published-events.js';
import { onlyTheLessonsTeacherWrites } from '../../lessons/lesson.access.js';
import { entriesAreMadeInTheirWindow, isLateEntry } from '../../policy/entry-window.js';
import { Changes } from '../changes.js';
import { Cell, type StoredCell } from '../domain/cell.js';
import { LessonSheet, type SheetWorkType } from '../domain/lesson-sheet.js';
import { Mark, type StoredMark } from '../domain/mark.js';
import { SheetRows, storedCells, storedMarks } from '../sheet-rows.js';

interface Stored {
  /** those of the pupils who were in the group on the day of the lesson, or have entries from when they were said to be */
  enrolled: string[];
  /** those of them who learn without marks */
  firstYear: string[];
  cells: StoredCell[];
  marks: StoredMark[];
  /** of the school, in its order */
  workTypes: SheetWorkType[];
}

@Controller()
export class RecordEntries {
  constructor(
    private readonly database: Database,
    private readonly rows: SheetRows,
    private readonly changes: Changes,
    private readonly events: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(recordEntries)
  async execute(@Input() { lessonId, entries }: Command, @Caller() actor: Actor): Promise<RecordedEntries> {
    const now = this.clock.now();
    const studentIds = [...new Set(entries.map((entry) => entry.studentId))];
    // Asked for in one go: the second statement begins when the first has the lock.
    const [lesson, found] = await Promise.all([
      onlyTheLessonsTeacherWrites(this.database, actor, lessonId),
      this.read(actor, lessonId, studentIds),
    ]);
    const stored = found!;
    entriesAreMadeInTheirWindow(lesson.window, now);
    onlyPupilsOfTheGroupGetEntries(studentIds, stored.enrolled);

    const cells = new Map(studentIds.map((id) => [id, Cell.empty(lessonId, id)]));
    for (const cell of stored.cells) cells.set(cell.studentId, new Cell(cell));
    const workTypes = new Map(stored.workTypes.map((workType) => [workType.id, workType]));
    const sheet = new LessonSheet(
      cells,
      stored.marks.map((mark) => new Mark(mark)),
      {
        now,
        workTypes,
        usualWorkTypeId: lesson.workTypeId ?? stored.workTypes[0]?.id ?? '',
        isLate: (isWrittenWork) => isLateEntry(lesson.window, now, isWrittenWork),
        firstYear: new Set(stored.firstYear),
      },
    );
    sheet.apply(entries);

    this.rows.store(lesson.schoolId, sheet.changedCells, sheet.changedMarks);
    this.changes.keep(
      lesson.schoolId,
      actor,
      now,
      sheet.changes.map(({ mark, ...change }) => ({ ...change, lessonId, markId: mark?.id ?? null })),
    );
    this.events.entries(lesson, actor, now, lesson.entriesVersion + 1, sheet.changes, cells, workTypes);
    return { savedAt: now.toISOString(), cells: sheet.view() };
  }

  /**
   * By one statement what the sheet consists of; the lesson is locked by then, so nobody changes it meanwhile. With `= any` PostgreSQL
   * would expect another number of rows for each list of pupils, and plan anew for each command.
   */
  private read(actor: Actor, lessonId: string, studentIds: readonly string[]): Promise<Stored | null> {
    const isOfThem = (alias: string): SqlFragment =>
      sql`array[${sql.trusted(alias)}.student_id] <@ ${studentIds}::uuid[]`;
    return this.database.row<Stored>(sql`
      select
        array(select e.student_id from enrolments e where e.school_id = l.school_id and e.group_id = l.group_id
          and ${isOfThem('e')} and e.from_date <= l.date and (e.to_date is null or e.to_date >= l.date)
          union select c.student_id from cells c where c.school_id = l.school_id and c.lesson_id = l.id and ${isOfThem('c')})::text[] as enrolled,
        array(select st.id from students st
            left join study_groups g on g.school_id = l.school_id and g.id = l.group_id
            left join classes own on own.school_id = st.school_id and own.id = st.class_id
            left join classes k on k.school_id = g.school_id and k.id = g.class_id
          where st.school_id = l.school_id and array[st.id] <@ ${studentIds}::uuid[]
            and coalesce(st.grade_level, own.grade_level, k.grade_level) = 1)::text[] as "firstYear",
        ${storedCells(sql`c.school_id = l.school_id and c.lesson_id = l.id and ${isOfThem('c')}`)} as cells,
        ${storedMarks(sql`m.school_id = l.school_id and m.lesson_id = l.id and ${isOfThem('m')}`)} as marks,
        coalesce((select json_agg(json_build_object('id', w.id, 'title', w.title, 'weight', w.weight::float8, 'isWritten', w.is_written)
          order by w.position) from work_types w where w.school_id = l.school_id), '[]') as "workTypes"
      from lessons l where ${sql.oneOf('l.school_id', actor.schools(STAFF_ROLES))} and l.id = ${lessonId}`);
  }
}

function onlyPupilsOfTheGroupGetEntries(studentIds: readonly string[], enrolled: readonly string[]): void {
  if (enrolled.length === studentIds.length) return;
  const known = new Set(enrolled);
  throw new DomainError(
    'conflict',
    'journal.student-not-in-group',
    'a pupil was not in the group on that day',
    { details: { studentIds: studentIds.filter((id) => !known.has(id)) } },
  );
}
