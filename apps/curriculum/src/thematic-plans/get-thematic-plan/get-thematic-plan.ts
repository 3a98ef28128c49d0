import { Controller } from '@nestjs/common';
import {
  getThematicPlan,
  type PlannedLesson,
  type StudyGroupId,
  type ThematicPlanView,
} from '@parta/contracts-curriculum';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { onlyTheGroupsTeacherKeepsThePlan } from '../thematic-plan.access.js';

@Controller()
export class GetThematicPlan {
  constructor(private readonly database: Database) {}

  @Handles(getThematicPlan)
  async execute(@Input() { groupId }: StudyGroupId, @Caller() actor: Actor): Promise<ThematicPlanView> {
    const schoolId = await onlyTheGroupsTeacherKeepsThePlan(
      this.database,
      actor,
      groupId,
      getThematicPlan.access,
    );
    const plan = await this.database.row<{ version: number; lessons: PlannedLesson[] }>(sql`
      select version, lessons from thematic_plans where school_id = ${schoolId} and group_id = ${groupId}`);
    return { groupId, version: plan?.version ?? 0, lessons: plan?.lessons ?? [] };
  }
}
