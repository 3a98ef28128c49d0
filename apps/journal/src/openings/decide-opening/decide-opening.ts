import { Controller } from '@nestjs/common';
import {
  decideOpening,
  OPENING_DAYS,
  type DecideOpening as Command,
  type OpeningRequest,
} from '@parta/contracts-journal';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Conflict, DomainError, NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { LiveUpdates } from '../../integration/live-updates.js';
import { Changes } from '../../marks/changes.js';
import { readOpening } from '../opening-rows.js';

interface AskedOpening {
  schoolId: string;
  lessonId: string;
  groupId: string;
  date: string;
  state: string;
  isInRange: boolean;
}

/** The leadership opens a lesson until a date, or says why not (R116). The request stays, with its answer. */
@Controller()
export class DecideOpening {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly live: LiveUpdates,
    private readonly clock: Clock,
  ) {}

  @Handles(decideOpening)
  async execute(@Input() command: Command, @Caller() actor: Actor): Promise<OpeningRequest> {
    const now = this.clock.now();
    const asked = await this.find(command, actor, now);
    const answer = command.answer?.trim() || null;
    const openUntil = command.isGranted ? command.openUntil! : null;
    if (command.isGranted && !asked.isInRange) {
      throw new DomainError(
        'invalid',
        'journal.opening-date-out-of-range',
        `today or one of the next ${OPENING_DAYS} days`,
        { details: { days: OPENING_DAYS } },
      );
    }
    if (!command.isGranted && !answer) {
      throw new DomainError('invalid', 'journal.refusal-without-reason', 'a refusal says why');
    }
    const state = command.isGranted ? 'granted' : 'refused';
    const { schoolId, lessonId } = asked;
    await this.database.run(sql`
      update opening_requests set state = ${state}, open_until = ${openUntil}::date, answer = ${answer},
        decided_at = ${now.toISOString()}::timestamptz, decided_by = ${actor.name}
      where school_id = ${schoolId} and id = ${command.requestId}`);
    if (openUntil) {
      await this.database.run(sql`
        update lessons set opened_until = ${openUntil}::date where school_id = ${schoolId} and id = ${lessonId}`);
    }
    this.changes.keep(schoolId, actor, now, [
      {
        lessonId,
        studentId: null,
        markId: null,
        subject: 'opening',
        before: 'asked',
        after: openUntil ? `granted ${openUntil}` : 'refused',
        reason: answer,
        isLate: false,
      },
    ]);
    this.live.journal(asked);
    return readOpening(this.database, schoolId, command.requestId);
  }

  private async find({ requestId, openUntil }: Command, actor: Actor, now: Date): Promise<AskedOpening> {
    const asked = await this.database.row<AskedOpening>(sql`
      select o.school_id as "schoolId", o.lesson_id as "lessonId", l.group_id as "groupId", to_char(l.date, 'YYYY-MM-DD') as date,
        o.state, coalesce(${openUntil ?? null}::date - (${now.toISOString()}::timestamptz at time zone s.time_zone)::date
          between 0 and ${OPENING_DAYS}::int, false) as "isInRange"
      from opening_requests o
        join lessons l on l.school_id = o.school_id and l.id = o.lesson_id
        join schools s on s.school_id = o.school_id
      where o.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[]) and o.id = ${requestId}
      for update of o`);
    if (!asked) throw new NotFound('journal.opening-not-found', 'no such request');
    if (asked.state !== 'asked') {
      throw new Conflict('journal.opening-already-decided', 'the request has been answered');
    }
    return asked;
  }
}
