import { Controller } from '@nestjs/common';
import { acceptInvitation, AcceptInvitation, SessionView } from '@parta/contracts-identity';
import { Conflict } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { AccountOpening } from '../../accounts/account-opening.js';
import { Account } from '../../accounts/domain/account.entity.js';
import { loginKey } from '../../accounts/domain/login.js';
import { passwordIsFit } from '../../accounts/domain/password.rules.js';
import { PasswordHasher } from '../../accounts/password-hasher.js';
import type { DirectoryPerson } from '../../directory/directory-reader.js';
import { IdentitySettings } from '../../identity.settings.js';
import { Sessions, type OpenedSession } from '../../sessions/sessions.js';
import { SignInCheck, type ProvenAccount } from '../../sessions/sign-in-check.js';
import { Invitations, type InvitationLocation } from '../invitations.js';

/**
 * Makes the account an invitation is for (R16). Whoever has an account already, as a parent of a child in another
 * school, gives its login and password instead of new ones: the account then stands for this person too.
 */
@Controller()
export class AcceptInvitationHandler {
  constructor(
    private readonly database: Database,
    private readonly invitations: Invitations,
    private readonly opening: AccountOpening,
    private readonly sessions: Sessions,
    private readonly check: SignInCheck,
    private readonly events: AccountEvents,
    private readonly hasher: PasswordHasher,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {}

  @Handles(acceptInvitation, { unitOfWork: 'own' })
  async handle(@Input() input: AcceptInvitation, @Call() call: CallContext): Promise<SessionView> {
    const location = await this.invitations.locate(input.code);
    await this.database.write({ schools: [location.schoolId] }, () => this.invitations.usable(location));
    // Before it is known whether the login exists, or the answer to a weak password would tell.
    if (!input.joinOnly) passwordIsFit(input.password, input.login, 'password', this.settings.demoPassword);
    const isJoining = input.joinOnly || (await this.loginExists(input.login));
    const opened = isJoining
      ? await this.joinExisting(location, input, call)
      : await this.openNew(location, input, call);
    return this.sessions.view(opened);
  }

  private async openNew(
    location: InvitationLocation,
    input: AcceptInvitation,
    call: CallContext,
  ): Promise<OpenedSession> {
    const passwordHash = await this.hasher.hash(input.password);
    return this.using(location, [], call, (person) =>
      this.opening.open([person], {
        login: input.login,
        passwordHash,
        mustChangePassword: false,
        by: null,
        address: call.request.address,
      }),
    );
  }

  private async joinExisting(
    location: InvitationLocation,
    input: AcceptInvitation,
    call: CallContext,
  ): Promise<OpenedSession> {
    // Counted like a sign-in, or a code would be a licence to guess somebody's password.
    const proven = await this.check.prove(
      input.login,
      input.password,
      { address: call.request.address },
      (account) => account,
    );
    // Whoever says to have an account learns no more than at the sign-in: not which of both is wrong.
    if (!proven && input.joinOnly)
      throw new Conflict('identity.join-refused', 'no such login, or another password');
    if (!proven) throw new Conflict('identity.login-taken', 'somebody has this login');
    return this.using(location, proven.schoolIds, call, (person) => this.join(proven, person, call));
  }

  private async join(proven: ProvenAccount, person: DirectoryPerson, call: CallContext): Promise<Account> {
    await this.check.mustHoldStill(proven);
    const account = await this.database.em.findOneOrFail(Account, proven.id);
    await this.opening.join(account, person, null);
    this.events.record('person-joined', {
      at: this.clock.now(),
      accountId: account.id,
      schoolId: person.schoolId,
      personId: person.personId,
      address: call.request.address,
    });
    return account;
  }

  /** Uses up the invitation, gets the account and signs in, in one transaction. */
  private using(
    location: InvitationLocation,
    otherSchools: readonly string[],
    call: CallContext,
    account: (person: DirectoryPerson) => Promise<Account>,
  ): Promise<OpenedSession> {
    return this.database.write({ schools: [...new Set([location.schoolId, ...otherSchools])] }, async () => {
      const { invitation, person } = await this.invitations.usable(location);
      invitation.use(this.clock.now());
      await this.database.em.flush();
      return this.sessions.open(await account(person), call);
    });
  }

  private loginExists(login: string): Promise<boolean> {
    return this.database.read(NO_SCHOOL, async () => {
      const row = await this.database.row(sql`select 1 from accounts where login_key = ${loginKey(login)}`);
      return row !== null;
    });
  }
}
