import { Controller } from '@nestjs/common';
import { orderReport, type OrderReport, type ReportRef } from '@parta/contracts-reporting';
import { DomainError } from '@parta/platform-errors';
import { correlation } from '@parta/platform-observability';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { v7 as uuidv7 } from 'uuid';
import { printedLessons } from '../../class-journal/printed-lessons.js';
import { ReportWorker } from '../make-report/report-worker.js';
import { nothingToPrint } from '../report.errors.js';
import { ReportJobs } from '../report-jobs.js';
import { reportSpan } from './report-span.js';
import { reportSubject, type ReportSubject } from './report-subject.js';

/** Reports of one person that wait at once; a whole school's journals are printed one evening, not in one minute. */
const MAX_WAITING = 50;

/** Takes the order of a report (R185); it is made after the answer. */
@Controller()
export class OrderReportUseCase {
  constructor(
    private readonly database: Database,
    private readonly jobs: ReportJobs,
    private readonly worker: ReportWorker,
    private readonly clock: Clock,
  ) {}

  @Handles(orderReport)
  async execute(@Input() input: OrderReport, @Caller() actor: Actor): Promise<ReportRef> {
    const subject = await reportSubject(this.database, actor, input);
    const span = await reportSpan(this.database, subject.schoolId, input);
    await this.somethingIsToBePrinted(subject, span.from, span.to);
    if ((await this.jobs.waitingOf(actor.id)) >= MAX_WAITING) {
      throw new DomainError('too-many', 'reporting.too-many-waiting', `${MAX_WAITING} reports wait already`, {
        details: { max: MAX_WAITING },
      });
    }
    const id = uuidv7();
    await this.jobs.enqueue({
      id,
      ...subject,
      ...span,
      orderedBy: actor.id,
      orderedByName: actor.name,
      orderedAt: this.clock.now(),
      correlationId: correlation.get()?.correlationId ?? id,
    });
    this.database.afterCommit(() => this.worker.wake());
    return { id, state: 'queued' };
  }

  private async somethingIsToBePrinted(subject: ReportSubject, from: string, to: string): Promise<void> {
    const { schoolId, groupId, classId } = subject;
    const found = await this.database.row<{ any: boolean }>(
      groupId
        ? sql`select exists (${printedLessons(schoolId, groupId, from, to)}) as any`
        : sql`select exists (select 1 from students s, jsonb_to_recordset(s.enrolments) as e("groupId" uuid, "from" date, "to" date)
            where s.school_id = ${schoolId} and s.enrolments @> ${JSON.stringify([{ groupId: classId }])}::jsonb
              and e."groupId" = ${classId} and coalesce(e."from" <= ${to}::date, true) and coalesce(e."to" >= ${from}::date, true)) as any`,
    );
    if (!found!.any) throw nothingToPrint();
  }
}
