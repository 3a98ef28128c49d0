import { Controller } from '@nestjs/common';
import {
  requestOpening,
  type OpeningRequest,
  type RequestOpening as Command,
} from '@parta/contracts-journal';
import { Conflict } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';
import { LiveUpdates } from '../../integration/live-updates.js';
import { onlyTheLessonsTeacherWrites } from '../../lessons/lesson.access.js';
import { Changes } from '../../marks/changes.js';
import { whyClosed } from '../../policy/entry-window.js';
import { readOpening } from '../opening-rows.js';

/** The teacher of a lesson whose entry window is over asks the deputy head to open it (R116). */
@Controller()
export class RequestOpening {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly live: LiveUpdates,
    private readonly clock: Clock,
  ) {}

  @Handles(requestOpening)
  async execute(@Input() { lessonId, reason }: Command, @Caller() actor: Actor): Promise<OpeningRequest> {
    const now = this.clock.now();
    const lesson = await onlyTheLessonsTeacherWrites(this.database, actor, lessonId);
    const why = whyClosed(lesson.window, now);
    if (why === null) throw new Conflict('journal.lesson-is-open', 'entries of the lesson are accepted');
    if (why === 'journal.lesson-not-begun') throw new Conflict(why, 'the lesson is not today yet');
    const { schoolId } = lesson;
    const id = uuidv7();
    // The lesson is locked: two requests at once come one after the other.
    const written = await this.database.run(sql`
      insert into opening_requests (school_id, id, lesson_id, reason, asked_at, account_id, asked_by, state)
      select ${schoolId}, ${id}, ${lessonId}, ${reason}, ${now.toISOString()}::timestamptz, ${actor.id}::uuid, ${actor.name}, 'asked'
      where not exists (select 1 from opening_requests
        where school_id = ${schoolId} and lesson_id = ${lessonId} and state = 'asked')`);
    if (written === 0) {
      throw new Conflict(
        'journal.opening-already-requested',
        'a request for this lesson waits for an answer',
      );
    }
    this.changes.keep(schoolId, actor, now, [
      { ...ABOUT_LESSON, lessonId, before: null, after: 'asked', reason },
    ]);
    this.live.journal(lesson);
    return readOpening(this.database, schoolId, id);
  }
}

const ABOUT_LESSON = { studentId: null, markId: null, subject: 'opening', isLate: false } as const;
