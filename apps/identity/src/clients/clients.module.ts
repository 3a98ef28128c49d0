import { Module } from '@nestjs/common';
import { CredentialsModule } from '../accounts/credentials.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ListClientsHandler } from './list-clients/list-clients.handler.js';
import { RegisterClientHandler } from './register-client/register-client.handler.js';
import { RequestTokenHandler } from './request-token/request-token.handler.js';
import { SetClientBlockedHandler } from './set-client-blocked/set-client-blocked.handler.js';

@Module({
  imports: [CredentialsModule, SessionsModule],
  controllers: [RequestTokenHandler, RegisterClientHandler, ListClientsHandler, SetClientBlockedHandler],
})
export class ClientsModule {}
