import { Controller } from '@nestjs/common';
import {
  takeAttendance,
  type AttendanceTaken,
  type TakeAttendance as Command,
} from '@parta/contracts-journal';
import { STAFF_ROLES } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { LiveUpdates } from '../../integration/live-updates.js';
import { Changes } from '../../marks/changes.js';
import { entriesAreMadeInTheirWindow, isLateEntry } from '../../policy/entry-window.js';
import { onlyTheLessonsTeacherWrites } from '../lesson.access.js';

@Controller()
export class TakeAttendance {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly live: LiveUpdates,
    private readonly clock: Clock,
  ) {}

  /** «Все присутствуют»: no cell is written, so that a pupil without an entry stays without one. */
  @Handles(takeAttendance)
  async execute(@Input() { lessonId, isTaken }: Command, @Caller() actor: Actor): Promise<AttendanceTaken> {
    const now = this.clock.now();
    // Asked for in one go: the second statement begins when the first has the lock.
    const [lesson, before] = await Promise.all([
      onlyTheLessonsTeacherWrites(this.database, actor, lessonId),
      this.database.row<AttendanceTaken>(sql`
        select attendance_taken_at is not null as "attendanceTaken" from lessons
        where ${sql.oneOf('school_id', actor.schools(STAFF_ROLES))} and id = ${lessonId}`),
    ]);
    entriesAreMadeInTheirWindow(lesson.window, now);
    const answer = { attendanceTaken: isTaken, savedAt: now.toISOString() };
    if (before!.attendanceTaken === isTaken) return answer;
    this.database.send(sql`
      update lessons set attendance_taken_at = ${isTaken ? now.toISOString() : null}::timestamptz
      where school_id = ${lesson.schoolId} and id = ${lessonId}`);
    this.changes.keep(lesson.schoolId, actor, now, [
      {
        lessonId,
        studentId: null,
        markId: null,
        subject: 'lesson',
        before: JSON.stringify({ attendanceTaken: !isTaken }),
        after: JSON.stringify({ attendanceTaken: isTaken }),
        reason: null,
        isLate: isLateEntry(lesson.window, now, false),
      },
    ]);
    this.live.journal(lesson);
    return answer;
  }
}
