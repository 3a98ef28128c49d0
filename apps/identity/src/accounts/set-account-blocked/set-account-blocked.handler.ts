import { Controller } from '@nestjs/common';
import { setAccountBlocked, SetAccountBlocked } from '@parta/contracts-identity';
import { Done } from '@parta/platform-contract';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { PeopleAccess } from '../../people/people.access.js';
import { Sessions } from '../../sessions/sessions.js';
import { AccountEvents } from '../account-events.js';
import { Account } from '../domain/account.entity.js';

/** Blocks an account, which ends its sessions, or lifts the block. */
@Controller()
export class SetAccountBlockedHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly sessions: Sessions,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(setAccountBlocked, { unitOfWork: 'own' })
  async handle(@Input() input: SetAccountBlocked, @Call() call: CallContext): Promise<Done> {
    const { id } = await this.access.accountToManage(call, input.accountId);
    await this.database.write(NO_SCHOOL, async () => {
      const account = await this.database.em.findOneOrFail(Account, id);
      account.isBlocked = input.isBlocked;
      if (input.isBlocked) await this.sessions.endAllOf(id, 'blocked');
      this.events.record(input.isBlocked ? 'blocked' : 'unblocked', {
        at: this.clock.now(),
        accountId: id,
        by: call.actor,
        address: call.request.address,
        reason: input.reason,
      });
    });
    return {};
  }
}
