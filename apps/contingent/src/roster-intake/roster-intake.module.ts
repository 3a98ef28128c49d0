import { Module } from '@nestjs/common';
import { DecideParkedRosterUseCase } from './decide-parked-roster/decide-parked-roster.js';
import { GetRosterJobUseCase } from './get-roster-job/get-roster-job.js';
import { ListRosterJobsUseCase } from './list-roster-jobs/list-roster-jobs.js';
import { ProcessRoster } from './process-roster/process-roster.js';
import { RosterSources } from './process-roster/roster-sources.js';
import { RosterWorker } from './process-roster/roster-worker.js';
import { RosterApplication } from './process-roster/roster-application.js';
import { SchoolProjection } from './projection/school-projection.js';
import { RosterJobs } from './roster-jobs.js';
import { SubmitRosterUseCase } from './submit-roster/submit-roster.js';

@Module({
  controllers: [SubmitRosterUseCase, GetRosterJobUseCase, ListRosterJobsUseCase, DecideParkedRosterUseCase],
  providers: [RosterJobs, RosterWorker, ProcessRoster, RosterSources, RosterApplication, SchoolProjection],
})
export class RosterIntakeModule {}
