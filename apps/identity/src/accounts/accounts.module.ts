import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { PeopleAccessModule } from '../people/people-access.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ChangePasswordHandler } from './change-password/change-password.handler.js';
import { CreateAccountHandler } from './create-account/create-account.handler.js';
import { CredentialsModule } from './credentials.module.js';
import { FirstOperator } from './first-operator.js';
import { GetMeHandler } from './get-me/get-me.handler.js';
import { ResetPasswordHandler } from './reset-password/reset-password.handler.js';
import { SetAccountBlockedHandler } from './set-account-blocked/set-account-blocked.handler.js';

@Module({
  imports: [CredentialsModule, DirectoryModule, SessionsModule, PeopleAccessModule],
  controllers: [
    ChangePasswordHandler,
    CreateAccountHandler,
    GetMeHandler,
    ResetPasswordHandler,
    SetAccountBlockedHandler,
  ],
  providers: [FirstOperator],
})
export class AccountsModule {}
