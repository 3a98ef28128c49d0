import { Module } from '@nestjs/common';
import { CredentialsModule } from '../accounts/credentials.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { AccessTokens } from './access-tokens.js';
import { EndOtherSessionHandler } from './end-other-session/end-other-session.handler.js';
import { EndSessionHandler } from './end-session/end-session.handler.js';
import { Housekeeping } from './housekeeping.js';
import { ListSessionsHandler } from './list-sessions/list-sessions.handler.js';
import { RefreshSessionHandler } from './refresh-session/refresh-session.handler.js';
import { Sessions } from './sessions.js';
import { SignInCheck } from './sign-in-check.js';
import { StartSessionHandler } from './start-session/start-session.handler.js';

@Module({
  imports: [CredentialsModule, DirectoryModule],
  controllers: [
    StartSessionHandler,
    RefreshSessionHandler,
    EndSessionHandler,
    ListSessionsHandler,
    EndOtherSessionHandler,
  ],
  providers: [AccessTokens, Housekeeping, Sessions, SignInCheck],
  exports: [AccessTokens, Sessions, SignInCheck],
})
export class SessionsModule {}
