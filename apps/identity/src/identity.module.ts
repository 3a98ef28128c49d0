import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { PeopleModule } from './people/people.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

@Module({
  imports: [
    DirectoryModule,
    SessionsModule,
    AccountsModule,
    InvitationsModule,
    PeopleModule,
    GrantsModule,
    ClientsModule,
  ],
})
export class IdentityModule {}
