import { Controller } from '@nestjs/common';
import { listWorkTypes, type WorkTypeList } from '@parta/contracts-journal';
import { rolesOf } from '@parta/platform-contract';
import { Caller, Handles, type Actor } from '@parta/platform-rpc';
import { WorkTypes } from '../work-types.js';

@Controller()
export class ListWorkTypes {
  constructor(private readonly workTypes: WorkTypes) {}

  @Handles(listWorkTypes)
  async execute(@Caller() actor: Actor): Promise<WorkTypeList> {
    return { workTypes: await this.workTypes.of(actor.schools(rolesOf(listWorkTypes.access))) };
  }
}
