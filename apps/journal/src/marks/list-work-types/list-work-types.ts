import { Controller } from '@nestjs/common';
import { listWorkTypes, type WorkTypeList } from '@parta/contracts-journal';
import { Caller, Handles, type Actor } from '@parta/platform-rpc';
import { WorkTypes } from '../work-types.js';

@Controller()
export class ListWorkTypes {
  constructor(private readonly workTypes: WorkTypes) {}

  @Handles(listWorkTypes)
  async execute(@Caller() actor: Actor): Promise<WorkTypeList> {
    return { workTypes: await this.workTypes.of(actor.schools()) };
  }
}
