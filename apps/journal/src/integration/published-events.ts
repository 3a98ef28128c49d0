import { Injectable } from '@nestjs/common';
import {
  attendanceRecorded,
  lessonDescribed,
  markRecorded,
  type HomeworkView,
} from '@parta/contracts-journal';
import { Outbox } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';
import type { Cell } from '../marks/domain/cell.js';
import type { EntryChange, SheetWorkType } from '../marks/domain/lesson-sheet.js';
import { LiveUpdates } from './live-updates.js';

/** Where and when a fact belongs. */
export interface LessonAbout {
  schoolId: string;
  lessonId: string;
  groupId: string;
  subjectTitle: string;
  date: string;
  lessonNumber: number;
}

/** The only place where journal's changes become published facts; open pages hear of them too. */
@Injectable()
export class PublishedEvents {
  constructor(
    private readonly outbox: Outbox,
    private readonly live: LiveUpdates,
  ) {}

  /** One fact for each changed mark, and one for the attendance of each cell where it changed. */
  entries(
    lesson: LessonAbout,
    actor: Actor,
    at: Date,
    changes: readonly EntryChange[],
    cells: ReadonlyMap<string, Cell>,
    workTypes: ReadonlyMap<string, SheetWorkType>,
  ): void {
    this.live.journal(lesson);
    const { schoolId, ...circumstances } = about(lesson);
    const by = actor.asFactActor(schoolId);
    for (const { subject, studentId, mark, before } of changes) {
      if (subject === 'mark' && mark) {
        const workType = workTypes.get(mark.workTypeId)!;
        this.outbox.record(
          markRecorded,
          { schoolId, aggregateId: mark.id, aggregateVersion: mark.version, actor: by, occurredAt: at },
          {
            ...circumstances,
            markId: mark.id,
            studentId,
            value: mark.value,
            numericValue: mark.numericValue,
            workTypeTitle: workType.title,
            weight: Number(workType.weight),
            comment: mark.comment,
            previousValue: before,
            isAnnulled: mark.isAnnulled,
          },
        );
      }
    }
    for (const studentId of new Set(
      changes.filter((change) => change.subject === 'attendance').map((change) => change.studentId),
    )) {
      const cell = cells.get(studentId)!;
      this.outbox.record(
        attendanceRecorded,
        { schoolId, aggregateId: cell.id, aggregateVersion: cell.version, actor: by, occurredAt: at },
        {
          ...circumstances,
          studentId,
          code: cell.attendance,
          minutesLate: cell.minutesLate,
          reason: cell.absenceReason,
        },
      );
    }
  }

  lessonDescribed(
    lesson: LessonAbout,
    actor: Actor,
    at: Date,
    version: number,
    description: { topic: string | null; homework: HomeworkView; commentForFamilies: string | null },
  ): void {
    this.live.journal(lesson);
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
