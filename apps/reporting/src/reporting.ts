import { Module } from '@nestjs/common';
import type { MigrationSet } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { ReportingInitialSchema } from './migrations/initial-schema.js';

@Module({})
class ReportingModule {}

export const reportingMigrations: MigrationSet = {
  service: 'reporting',
  migrations: [ReportingInitialSchema],
};

export function reportingService(): ServiceDefinition {
  return { name: 'reporting', module: ReportingModule, entities: [] };
}
