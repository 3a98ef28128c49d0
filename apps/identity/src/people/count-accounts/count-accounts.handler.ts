import { Controller } from '@nestjs/common';
import { AccountCounts, countAccounts } from '@parta/contracts-identity';
import { Database } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, type CallContext } from '@parta/platform-rpc';
import { accountCounts } from '../list-people/people-page.query.js';
import { PeopleAccess } from '../people.access.js';

/** The numbers of the home page, of the same people as the list they lead to, in one query. */
@Controller()
export class CountAccountsHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly clock: Clock,
  ) {}

  @Handles(countAccounts, { unitOfWork: 'own' })
  async handle(@Caller() actor: Actor, @Call() call: CallContext): Promise<AccountCounts> {
    const visibility = this.access.visibility(actor, call);
    const counts = await this.database.read({ schools: visibility.schools }, () =>
      this.database.row<AccountCounts>(accountCounts(visibility, this.clock.now())),
    );
    return counts!;
  }
}
