import { Module } from '@nestjs/common';
import { RosterIntakeModule } from './roster-intake/roster-intake.module.js';
import { SchoolsModule } from './schools/schools.module.js';

@Module({ imports: [RosterIntakeModule, SchoolsModule] })
export class ContingentModule {}
