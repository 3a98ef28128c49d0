import { Controller } from '@nestjs/common';
import {
  explainAbsences,
  type ExplainAbsences as Command,
  type RecordedEntries,
} from '@parta/contracts-journal';
import { Conflict, DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { PublishedEvents, type LessonAbout } from '../../integration/published-events.js';
import { Changes, type KeptChange } from '../../marks/changes.js';
import { Cell, type StoredCell } from '../../marks/domain/cell.js';
import type { EntryChange } from '../../marks/domain/lesson-sheet.js';
import { Mark, type StoredMark } from '../../marks/domain/mark.js';
import { SheetRows, storedCells, storedMarks } from '../../marks/sheet-rows.js';
import { classInCare } from '../class.access.js';

interface LockedLesson extends LessonAbout {
  entriesVersion: number;
}

/** The class teacher writes reasons into absences that the subject teachers entered; never a new absence (R130). */
@Controller()
export class ExplainAbsences {
  constructor(
    private readonly database: Database,
    private readonly rows: SheetRows,
    private readonly changes: Changes,
    private readonly events: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(explainAbsences)
  async execute(@Input() { classId, absences }: Command, @Caller() actor: Actor): Promise<RecordedEntries> {
    const now = this.clock.now();
    const schoolId = await classInCare(this.database, actor, classId, true);
    const lessons = await this.lessonsOf(schoolId, classId, absences);
    const { cells, marks } = await this.read(schoolId, absences);
    const cellOf = (one: { lessonId: string; studentId: string }) =>
      cells.find((cell) => cell.lessonId === one.lessonId && cell.studentId === one.studentId);
    const view = (cell: Cell) =>
      cell.view(marks.filter((mark) => mark.lessonId === cell.lessonId && mark.studentId === cell.studentId));

    const stale = absences.flatMap((one) => {
      const cell = cellOf(one);
      return cell && cell.version !== one.cellVersion ? [view(cell)] : [];
    });
    if (stale.length > 0)
      throw new Conflict('journal.cell-stale', 'a cell has changed since it was read', { cells: stale });
    const kept: KeptChange[] = [];
    const told = new Map<
      string,
      { lesson: LockedLesson; changes: EntryChange[]; cells: Map<string, Cell> }
    >();
    for (const absence of absences) {
      const cell = cellOf(absence);
      const lesson = lessons.get(`${absence.lessonId} ${absence.studentId}`);
      if (!cell?.attendance || !lesson) {
        throw new DomainError(
          'conflict',
          'journal.not-an-absence',
          'there is no absence of a pupil of this class',
        );
      }
      const before = cell.attendance;
      cell.explain(absence.code, absence.reason);
      cell.version += 1;
      const { lessonId, studentId } = cell;
      const change = {
        subject: 'attendance' as const,
        studentId,
        before,
        after: absence.code,
        reason: absence.reason,
        isLate: false,
      };
      kept.push({ ...change, lessonId, markId: null });
      const ofLesson = told.get(lessonId) ?? { lesson, changes: [], cells: new Map<string, Cell>() };
      ofLesson.changes.push({ ...change, mark: null });
      ofLesson.cells.set(studentId, cell);
      told.set(lessonId, ofLesson);
    }
    this.rows.store(schoolId, cells, []);
    this.changes.keep(schoolId, actor, now, kept);
    for (const { lesson, changes, cells: changed } of told.values())
      this.events.entries(lesson, actor, now, lesson.entriesVersion + 1, changes, changed, new Map());
    return { savedAt: now.toISOString(), cells: absences.map((one) => view(cellOf(one)!)) };
  }

  private async read(
    schoolId: string,
    absences: Command['absences'],
  ): Promise<{ cells: Cell[]; marks: Mark[] }> {
    const asked = sql`unnest(${absences.map((one) => one.lessonId)}::uuid[], ${absences.map((one) => one.studentId)}::uuid[])`;
    const stored = await this.database.row<{ cells: StoredCell[]; marks: StoredMark[] }>(sql`
      select
        ${storedCells(sql`c.school_id = ${schoolId} and (c.lesson_id, c.student_id) in (select * from ${asked})`)} as cells,
        ${storedMarks(sql`m.school_id = ${schoolId} and (m.lesson_id, m.student_id) in (select * from ${asked})`)} as marks`);
    return {
      cells: stored!.cells.map((cell) => new Cell(cell)),
      marks: stored!.marks.map((mark) => new Mark(mark)),
    };
  }

  /** The lessons of the absences, locked in the order of their ids; only those of pupils of the class. */
  private async lessonsOf(
    schoolId: string,
    classId: string,
    absences: Command['absences'],
  ): Promise<Map<string, LockedLesson>> {
    await this.database.run(sql`
      select 1 from lessons where school_id = ${schoolId} and id = any (${absences.map((one) => one.lessonId)}::uuid[])
      order by id for update`);
    const rows = await this.database.rows<LockedLesson & { studentId: string }>(sql`
      select l.school_id as "schoolId", l.id as "lessonId", l.group_id as "groupId", g.subject_title as "subjectTitle",
        to_char(l.date, 'YYYY-MM-DD') as date, l.lesson_number as "lessonNumber", l.entries_version as "entriesVersion", st.id as "studentId"
      from unnest(${absences.map((one) => one.lessonId)}::uuid[], ${absences.map((one) => one.studentId)}::uuid[]) as x(lesson_id, student_id)
        join lessons l on l.school_id = ${schoolId} and l.id = x.lesson_id
        join study_groups g on g.school_id = l.school_id and g.id = l.group_id
        join students st on st.school_id = l.school_id and st.id = x.student_id and st.class_id = ${classId}`);
    return new Map(rows.map(({ studentId, ...lesson }) => [`${lesson.lessonId} ${studentId}`, lesson]));
  }
}
