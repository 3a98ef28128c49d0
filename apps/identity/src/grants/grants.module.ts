import { Module } from '@nestjs/common';
import { CredentialsModule } from '../accounts/credentials.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { PeopleAccessModule } from '../people/people-access.module.js';
import { GrantRoleHandler } from './grant-role/grant-role.handler.js';
import { RevokeRoleHandler } from './revoke-role/revoke-role.handler.js';

@Module({
  imports: [CredentialsModule, DirectoryModule, PeopleAccessModule],
  controllers: [GrantRoleHandler, RevokeRoleHandler],
})
export class GrantsModule {}
