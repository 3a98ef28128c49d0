import { Controller } from '@nestjs/common';
import {
  importThematicPlan,
  thematicPlanRecorded,
  type ImportThematicPlan as Import,
  type ThematicPlanReport,
} from '@parta/contracts-curriculum';
import { DomainError } from '@parta/platform-errors';
import { FileStore, Outbox } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { UnreadableWorkbook, Workbooks, type Sheet } from '../../spreadsheet/read-workbook.js';
import { readPlan, type PlanReading } from '../plan-sheet.js';
import { onlyTheGroupsTeacherKeepsThePlan } from '../thematic-plan.access.js';

const RETRY_AFTER_SECONDS = 10;
const MOST_LISTED = 500;
const MOST_SHEETS = 100;

@Controller()
export class ImportThematicPlan {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly workbooks: Workbooks,
    private readonly outbox: Outbox,
  ) {}

  /** The file is read before the plan is locked: reading takes seconds. */
  @Handles(importThematicPlan, { unitOfWork: 'own' })
  async execute(@Input() input: Import, @Caller() actor: Actor): Promise<ThematicPlanReport> {
    const { groupId } = input;
    const schools = actor.schools();
    const allowed = () =>
      onlyTheGroupsTeacherKeepsThePlan(this.database, actor, groupId, importThematicPlan.access);
    await this.database.read({ schools }, allowed);
    const sheets = await this.sheetsOf(input.uploadId);
    const reading = readPlan(sheets, {
      sheet: input.sheet,
      headingRow: input.headingRow,
      columns: {
        topic: input.topicColumn,
        section: input.sectionColumn,
        homework: input.homeworkColumn,
        isControlWork: input.controlWorkColumn,
      },
    });
    if (!reading) throw unreadable('no-such-sheet');
    return this.database.write({ schools }, async () => {
      const schoolId = await allowed();
      const before = await this.database.row<{ version: number; count: number; isSame: boolean }>(sql`
        select version, jsonb_array_length(lessons) as count,
          lessons = ${JSON.stringify(reading.lessons)}::jsonb as "isSame"
        from thematic_plans where school_id = ${schoolId} and group_id = ${groupId} for update`);
      const { version, count, isSame } = before ?? { version: 0, count: 0, isSame: false };
      const isWanted = !input.dryRun && reading.errors.length === 0;
      const isHeld = isWanted && !isSame && version !== (input.replacesVersion ?? 0);
      const isApplied = isWanted && !isHeld;
      const isNew = isApplied && !isSame;
      if (isNew) await this.replace(schoolId, groupId, version + 1, reading, actor);
      return {
        groupId,
        version: isNew ? version + 1 : version,
        isApplied,
        isHeld,
        lessonsBefore: count,
        sheets: sheets
          .slice(0, MOST_SHEETS)
          .map(({ name, isHidden, rows }) => ({ name, isHidden, rows: rows.length })),
        ...listed(reading),
      };
    });
  }

  private async replace(
    schoolId: string,
    groupId: string,
    version: number,
    { lessons }: PlanReading,
    actor: Actor,
  ): Promise<void> {
    const written = await this.database.run(sql`
      insert into thematic_plans (school_id, group_id, lessons, version)
      values (${schoolId}, ${groupId}, ${JSON.stringify(lessons)}::jsonb, ${version})
      on conflict (school_id, group_id) do update set lessons = excluded.lessons, version = excluded.version
        where thematic_plans.version = excluded.version - 1`);
    if (written === 0)
      throw new DomainError('conflict', 'curriculum.plan-changed', 'another plan came at the same moment');
    this.outbox.record(
      thematicPlanRecorded,
      { schoolId, aggregateId: groupId, aggregateVersion: version, actor: actor.asFactActor(schoolId) },
      { groupId, lessons },
    );
  }

  private async sheetsOf(uploadId: string): Promise<Sheet[]> {
    const content = await this.files.read(uploadId);
    if (!content)
      throw new DomainError('gone', 'curriculum.plan-unreadable', 'the upload is not there any more');
    try {
      return await this.workbooks.read(content);
    } catch (error) {
      if (!(error instanceof UnreadableWorkbook)) throw error;
      if (error.fault === 'busy')
        throw new DomainError('too-many', 'curriculum.plans-wait', 'too many files wait to be read', {
          details: { retryAfter: RETRY_AFTER_SECONDS },
        });
      throw unreadable(error.fault, error);
    }
  }
}

const unreadable = (fault: string, cause?: Error) =>
  new DomainError('invalid', 'curriculum.plan-unreadable', `the file is not read as a plan: ${fault}`, {
    details: { fault },
    cause,
  });

/** Bounded: a sheet may have a million rows. */
const listed = ({ sheet, headingRow, columns, lessons, errors, passedOver }: PlanReading) => ({
  sheet: sheet.name,
  headingRow,
  columns,
  lessons,
  errorCount: errors.length,
  errors: errors.slice(0, MOST_LISTED),
  passedOverCount: passedOver.length,
  passedOver: passedOver.slice(0, MOST_LISTED),
});
