import { Controller } from '@nestjs/common';
import {
  importThematicPlan,
  thematicPlanRecorded,
  type ImportThematicPlan as Import,
  type ThematicPlanView,
} from '@parta/contracts-curriculum';
import { DomainError } from '@parta/platform-errors';
import { FileStore, Outbox } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { readThematicPlan } from '../plan-xlsx.js';
import { onlyTheGroupsTeacherKeepsThePlan } from '../thematic-plan.access.js';

@Controller()
export class ImportThematicPlan {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly outbox: Outbox,
  ) {}

  @Handles(importThematicPlan)
  async execute(@Input() { groupId, uploadId }: Import, @Caller() actor: Actor): Promise<ThematicPlanView> {
    const schoolId = await onlyTheGroupsTeacherKeepsThePlan(
      this.database,
      actor,
      groupId,
      importThematicPlan.access,
    );
    const lessons = await readThematicPlan(await this.fetch(uploadId));
    const stored = await this.database.row<{ version: number }>(sql`
      insert into thematic_plans (school_id, group_id, lessons, version)
      values (${schoolId}, ${groupId}, ${JSON.stringify(lessons)}::jsonb, 1)
      on conflict (school_id, group_id) do update set lessons = excluded.lessons, version = thematic_plans.version + 1
      returning version`);
    this.outbox.record(
      thematicPlanRecorded,
      {
        schoolId,
        aggregateId: groupId,
        aggregateVersion: stored!.version,
        actor: actor.asFactActor(schoolId),
      },
      { groupId, lessons },
    );
    return { groupId, lessons };
  }

  private async fetch(uploadId: string): Promise<Buffer> {
    const content = await this.files.read(uploadId);
    if (!content)
      throw new DomainError('gone', 'curriculum.plan-unreadable', 'the upload is not there any more');
    return content;
  }
}
