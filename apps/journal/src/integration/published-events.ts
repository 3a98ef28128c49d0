import { Injectable } from '@nestjs/common';
import { lessonDescribed, lessonEntriesRecorded, type HomeworkView } from '@parta/contracts-journal';
import { Outbox } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';
import type { Cell } from '../marks/domain/cell.js';
import type { Mark } from '../marks/domain/mark.js';
import type { EntryChange, SheetWorkType } from '../marks/domain/lesson-sheet.js';

/** Where and when a fact belongs. */
export interface LessonAbout {
  schoolId: string;
  lessonId: string;
  groupId: string;
  subjectTitle: string;
  date: string;
  lessonNumber: number;
}

/** The only place where journal's changes become published facts; open pages hear of these from their relay (`journalWordOf`). */
@Injectable()
export class PublishedEvents {
  constructor(private readonly outbox: Outbox) {}

  /**
   * One fact for all that a command changed in a lesson. A fact for each mark would be a message for each, to every service
   * that listens: for a class's marks half of what the command costs.
   * @param version of the lesson's entries, after the command
   */
  entries(
    lesson: LessonAbout,
    actor: Actor,
    at: Date,
    version: number,
    changes: readonly EntryChange[],
    cells: ReadonlyMap<string, Cell>,
    workTypes: ReadonlyMap<string, SheetWorkType>,
  ): void {
    const { schoolId, ...circumstances } = about(lesson);
    // A mark that one command changed twice is told once, as it was before and as it is now.
    const changedMarks = new Map<Mark, string | null>();
    const changedAttendance = new Set<Cell>();
    for (const { subject, studentId, mark, before } of changes) {
      if (subject === 'attendance') changedAttendance.add(cells.get(studentId)!);
      else if (mark && !changedMarks.has(mark)) changedMarks.set(mark, before);
    }
    this.outbox.record(
      lessonEntriesRecorded,
      {
        schoolId,
        aggregateId: lesson.lessonId,
        aggregateVersion: version,
        actor: actor.asFactActor(schoolId),
        occurredAt: at,
      },
      {
        ...circumstances,
        marks: [...changedMarks].map(([mark, previousValue]) => {
          const workType = workTypes.get(mark.workTypeId)!;
          return {
            markId: mark.id,
            version: mark.version,
            studentId: mark.studentId,
            value: mark.value,
            numericValue: mark.numericValue,
            workTypeTitle: workType.title,
            weight: Number(workType.weight),
            comment: mark.comment,
            previousValue,
            isAnnulled: mark.isAnnulled,
          };
        }),
        attendance: [...changedAttendance].map((cell) => ({
          cellId: cell.id,
          version: cell.version,
          studentId: cell.studentId,
          code: cell.attendance,
          minutesLate: cell.minutesLate,
          reason: cell.absenceReason,
        })),
      },
    );
  }

  lessonDescribed(
    lesson: LessonAbout,
    actor: Actor,
    at: Date,
    version: number,
    description: { topic: string | null; homework: HomeworkView; commentForFamilies: string | null },
  ): void {
    const { schoolId, ...circumstances } = about(lesson);
    this.outbox.record(
      lessonDescribed,
      {
        schoolId,
        aggregateId: lesson.lessonId,
        aggregateVersion: version,
        actor: actor.asFactActor(schoolId),
        occurredAt: at,
      },
      { ...circumstances, ...description },
    );
  }
}

const about = ({
  schoolId,
  lessonId,
  groupId,
  subjectTitle,
  date,
  lessonNumber,
}: LessonAbout): LessonAbout => ({
  schoolId,
  lessonId,
  groupId,
  subjectTitle,
  date,
  lessonNumber,
});
