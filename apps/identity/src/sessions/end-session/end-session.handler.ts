import { Controller } from '@nestjs/common';
import { endSession, RefreshToken as RefreshTokenInput } from '@parta/contracts-identity';
import { Done } from '@parta/platform-contract';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { RefreshToken } from '../domain/refresh-token.js';
import { EndedAccess } from '../../directory/ended-access.js';
import { Session } from '../domain/session.entity.js';

/** Sign-out. A token that is no longer good for anything is answered like a good one: there is nothing left to end. */
@Controller()
export class EndSessionHandler {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly ended: EndedAccess,
    private readonly clock: Clock,
  ) {}

  @Handles(endSession, { unitOfWork: 'own' })
  async handle(@Input() input: RefreshTokenInput, @Call() call: CallContext): Promise<Done> {
    const token = RefreshToken.read(input.refreshToken);
    if (!token) return {};
    await this.database.write(NO_SCHOOL, async () => {
      const session = await this.database.em.findOne(Session, token.sessionId);
      if (!session || session.hasEnded || !session.isOf(token)) return;
      const at = this.clock.now();
      session.end('signed-out', at);
      this.ended.ofSessions([session.id]);
      const { address } = call.request;
      this.events.record('signed-out', { at, accountId: session.accountId, address });
    });
    return {};
  }
}
