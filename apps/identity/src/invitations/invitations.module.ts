import { Module } from '@nestjs/common';
import { CredentialsModule } from '../accounts/credentials.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { PeopleAccessModule } from '../people/people-access.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AcceptInvitationHandler } from './accept-invitation/accept-invitation.handler.js';
import { CheckInvitationHandler } from './check-invitation/check-invitation.handler.js';
import { Invitations } from './invitations.js';
import { IssueClassInvitationsHandler } from './issue-class-invitations/issue-class-invitations.handler.js';
import { IssuePersonInvitationHandler } from './issue-person-invitation/issue-person-invitation.handler.js';

@Module({
  imports: [CredentialsModule, DirectoryModule, SessionsModule, PeopleAccessModule],
  controllers: [
    CheckInvitationHandler,
    AcceptInvitationHandler,
    IssueClassInvitationsHandler,
    IssuePersonInvitationHandler,
  ],
  providers: [Invitations],
})
export class InvitationsModule {}
