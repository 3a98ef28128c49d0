import { Controller } from '@nestjs/common';
import { endOtherSession, EndOtherSession } from '@parta/contracts-identity';
import { Done } from '@parta/platform-contract';
import { NotFound } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { EndedAccess } from '../../directory/ended-access.js';
import { Session } from '../domain/session.entity.js';

/** Signs out one of the caller's own sessions. */
@Controller()
export class EndOtherSessionHandler {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly ended: EndedAccess,
    private readonly clock: Clock,
  ) {}

  @Handles(endOtherSession)
  async handle(
    @Input() input: EndOtherSession,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<Done> {
    const session = await this.database.em.findOne(Session, {
      id: input.sessionId,
      accountId: actor.id,
      endedAt: null,
    });
    if (!session) throw new NotFound('identity.session-not-found', 'no such open session of this account');
    const at = this.clock.now();
    session.end('signed-out', at);
    this.ended.ofSessions([session.id]);
    this.events.record('signed-out', {
      at,
      accountId: actor.id,
      by: actor,
      address: call.request.address,
      reason: 'from another session',
    });
    return {};
  }
}
