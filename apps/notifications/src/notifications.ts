import { Module } from '@nestjs/common';
import type { MigrationSet } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { NotificationsInitialSchema } from './migrations/initial-schema.js';

@Module({})
class NotificationsModule {}

export const notificationsMigrations: MigrationSet = {
  service: 'notifications',
  migrations: [NotificationsInitialSchema],
};

export function notificationsService(): ServiceDefinition {
  return { name: 'notifications', module: NotificationsModule, entities: [] };
}
