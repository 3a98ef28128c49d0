import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { DirectoryModule } from './directory/directory.module.js';
import { SessionsModule } from './sessions/sessions.module.js';

@Module({
  imports: [DirectoryModule, SessionsModule, AccountsModule, ClientsModule],
})
export class IdentityModule {}
