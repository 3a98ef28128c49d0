import { Controller } from '@nestjs/common';
import { startSession, StartSession, SessionView } from '@parta/contracts-identity';
import { Database } from '@parta/platform-persistence';
import { Call, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { Account } from '../../accounts/domain/account.entity.js';
import { WrongCredentials } from '../session.errors.js';
import { Sessions } from '../sessions.js';
import { SignInCheck } from '../sign-in-check.js';

/** Sign-in by login and password (R18). */
@Controller()
export class StartSessionHandler {
  constructor(
    private readonly database: Database,
    private readonly check: SignInCheck,
    private readonly sessions: Sessions,
  ) {}

  @Handles(startSession, { unitOfWork: 'own' })
  async handle(@Input() input: StartSession, @Call() call: CallContext): Promise<SessionView> {
    const { address } = call.request;
    const opened = await this.check.prove(
      input.login,
      input.password,
      { address, device: input.device },
      async ({ id }) => {
        const account = await this.database.em.findOneOrFail(Account, id);
        return this.sessions.open(account, call);
      },
    );
    if (!opened) throw new WrongCredentials();
    const view = await this.sessions.view(opened);
    return { ...view, device: this.check.deviceAfterSignIn(opened.actor.id, input.device) };
  }
}
