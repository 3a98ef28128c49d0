import { Controller } from '@nestjs/common';
import { changePassword, ChangePassword, SessionView } from '@parta/contracts-identity';
import { DomainError } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { IdentitySettings } from '../../identity.settings.js';
import { WrongCredentials } from '../../sessions/session.errors.js';
import { Sessions } from '../../sessions/sessions.js';
import { SignInCheck } from '../../sessions/sign-in-check.js';
import { AccountEvents } from '../account-events.js';
import { Account } from '../domain/account.entity.js';
import { passwordIsFit } from '../domain/password.rules.js';
import { PasswordHasher } from '../password-hasher.js';

/** The holder's own change of password, the forced one at the first sign-in too (R20). All sessions end; one begins. */
@Controller()
export class ChangePasswordHandler {
  constructor(
    private readonly database: Database,
    private readonly check: SignInCheck,
    private readonly sessions: Sessions,
    private readonly events: AccountEvents,
    private readonly hasher: PasswordHasher,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {}

  @Handles(changePassword, { unitOfWork: 'own' })
  async handle(
    @Input() input: ChangePassword,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<SessionView> {
    const login = await this.loginOf(actor.id);
    passwordIsFit(input.newPassword, login, 'newPassword', this.settings.demoPassword);
    // Counted like a sign-in: a stolen access token must not allow guessing without end.
    const proven = await this.check.prove(
      login,
      input.currentPassword,
      { address: call.request.address, sessionId: actor.sessionId },
      (account) => account,
    );
    if (!proven) throw new WrongCredentials();
    if (input.newPassword.normalize('NFKC') === input.currentPassword.normalize('NFKC'))
      throw new DomainError('invalid', 'identity.password-too-weak', 'the new password is the current one', {
        details: { reason: 'same' },
        fields: [{ field: 'newPassword', code: 'same', message: 'the new password is the current one' }],
      });
    const passwordHash = await this.hasher.hash(input.newPassword);
    const opened = await this.database.write({ schools: proven.schoolIds }, async () => {
      await this.check.mustHoldStill(proven);
      const at = this.clock.now();
      const account = await this.database.em.findOneOrFail(Account, actor.id);
      account.choosePassword(passwordHash, at);
      await this.sessions.endAllOf(account.id, 'password-changed');
      const { address } = call.request;
      this.events.record('password-changed', { at, accountId: account.id, by: actor, address });
      return this.sessions.open(account, call);
    });
    return this.sessions.view(opened);
  }

  private async loginOf(accountId: string): Promise<string> {
    const account = await this.database.read(NO_SCHOOL, () =>
      this.database.row<{ login: string }>(sql`select login from accounts where id = ${accountId}`),
    );
    if (!account) throw new WrongCredentials();
    return account.login;
  }
}
