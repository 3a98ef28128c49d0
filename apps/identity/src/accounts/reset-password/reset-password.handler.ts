import { Controller } from '@nestjs/common';
import { AccountCredentials, AccountId, resetPassword } from '@parta/contracts-identity';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { PeopleAccess } from '../../people/people.access.js';
import { Sessions } from '../../sessions/sessions.js';
import { AccountEvents } from '../account-events.js';
import { Account } from '../domain/account.entity.js';
import { initialPassword } from '../domain/initial-password.js';
import { PasswordHasher } from '../password-hasher.js';

/** A new initial password for lost credentials; every session ends (R31). Not one's own: that is change-password. */
@Controller()
export class ResetPasswordHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly sessions: Sessions,
    private readonly events: AccountEvents,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  @Handles(resetPassword, { unitOfWork: 'own' })
  async handle(@Input() input: AccountId, @Call() call: CallContext): Promise<AccountCredentials> {
    const { id } = await this.access.accountToManage(call, input.accountId);
    const password = initialPassword();
    const passwordHash = await this.hasher.hash(password);
    const account = await this.database.write(NO_SCHOOL, async () => {
      const at = this.clock.now();
      const found = await this.database.em.findOneOrFail(Account, id);
      found.receiveInitialPassword(passwordHash, at);
      await this.sessions.endAllOf(id, 'password-changed');
      const { address } = call.request;
      this.events.record('password-reset', { at, accountId: id, by: call.actor, address });
      return found;
    });
    return { accountId: account.id, login: account.login, initialPassword: password };
  }
}
