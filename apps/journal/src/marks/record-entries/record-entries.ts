import { Controller } from '@nestjs/common';
import { recordEntries, type RecordedEntries, type RecordEntries as Command } from '@parta/contracts-journal';
import { DomainError } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { PublishedEvents } from '../../integration/published-events.js';
import { onlyTheLessonsTeacherWrites, type OpenedLesson } from '../../lessons/lesson.access.js';
import { entriesAreMadeInTheirWindow, isLateEntry } from '../../policy/entry-window.js';
import { Changes } from '../changes.js';
import { Cell } from '../domain/cell.entity.js';
import { LessonSheet, type SheetWorkType } from '../domain/lesson-sheet.js';
import { Mark } from '../domain/mark.entity.js';
import { WorkTypes } from '../work-types.js';

@Controller()
export class RecordEntries {
  constructor(
    private readonly database: Database,
    private readonly workTypes: WorkTypes,
    private readonly changes: Changes,
    private readonly events: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(recordEntries)
  async execute(@Input() { lessonId, entries }: Command, @Caller() actor: Actor): Promise<RecordedEntries> {
    const now = this.clock.now();
    const lesson = await onlyTheLessonsTeacherWrites(this.database, actor, lessonId);
    entriesAreMadeInTheirWindow(lesson.window, now);
    const studentIds = [...new Set(entries.map((entry) => entry.studentId))];
    await this.onlyPupilsOfTheGroupGetEntries(lesson, studentIds);

    const { em } = this.database;
    const where = { schoolId: lesson.schoolId, lessonId, studentId: { $in: studentIds } };
    const stored = await em.find(Cell, where);
    const marks = await em.find(Mark, where, { orderBy: { recordedAt: 'asc', id: 'asc' } });
    const cells = new Map(
      studentIds.map((id) => [
        id,
        stored.find((cell) => cell.studentId === id) ?? Cell.empty(lesson.schoolId, lessonId, id),
      ]),
    );
    const workTypes = await this.workTypesOf(lesson.schoolId);
    const sheet = new LessonSheet(cells, marks, {
      now,
      workTypes,
      usualWorkTypeId: lesson.workTypeId ?? [...workTypes.keys()][0]!,
      isLate: (isWrittenWork) => isLateEntry(lesson.window, now, isWrittenWork),
      gradeLevel: lesson.gradeLevel,
    });
    sheet.apply(entries);

    em.persist([...sheet.changedCells, ...sheet.newMarks]);
    await this.changes.keep(
      lesson.schoolId,
      actor,
      now,
      sheet.changes.map(({ mark, ...change }) => ({ ...change, lessonId, markId: mark?.id ?? null })),
    );
    this.events.entries(lesson, actor, now, sheet.changes, cells, workTypes);
    return { savedAt: now.toISOString(), cells: sheet.view() };
  }

  private async workTypesOf(schoolId: string): Promise<Map<string, SheetWorkType>> {
    const list = await this.workTypes.of([schoolId]);
    return new Map(list.map(({ workTypeId, ...workType }) => [workTypeId, { id: workTypeId, ...workType }]));
  }

  private async onlyPupilsOfTheGroupGetEntries(
    lesson: OpenedLesson,
    studentIds: readonly string[],
  ): Promise<void> {
    const enrolled = await this.database.rows<{ id: string }>(sql`
      select distinct student_id as id from enrolments
      where school_id = ${lesson.schoolId} and group_id = ${lesson.groupId} and student_id = any (${studentIds}::uuid[])
        and from_date <= ${lesson.date} and (to_date is null or to_date >= ${lesson.date})`);
    if (enrolled.length === studentIds.length) return;
    const known = new Set(enrolled.map((row) => row.id));
    throw new DomainError(
      'conflict',
      'journal.student-not-in-group',
      'a pupil was not in the group on that day',
      {
        details: { studentIds: studentIds.filter((id) => !known.has(id)) },
      },
    );
  }
}
