import { Controller } from '@nestjs/common';
import { AccountCredentials, createAccount, CreateAccount } from '@parta/contracts-identity';
import { Database } from '@parta/platform-persistence';
import { Call, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { PeopleAccess } from '../../people/people.access.js';
import { AccountOpening } from '../account-opening.js';
import { initialPassword } from '../domain/initial-password.js';
import { PasswordHasher } from '../password-hasher.js';

/**
 * An account with an initial password (R11, R20). Not in the platform's unit of work: hashing must not hold a
 * connection, and the password must not be kept as the answer to an idempotency key.
 */
@Controller()
export class CreateAccountHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly opening: AccountOpening,
    private readonly hasher: PasswordHasher,
  ) {}

  @Handles(createAccount, { unitOfWork: 'own' })
  async handle(@Input() input: CreateAccount, @Call() call: CallContext): Promise<AccountCredentials> {
    const records = await this.access.person(call, input, ['administrator']);
    const password = initialPassword();
    const passwordHash = await this.hasher.hash(password);
    const account = await this.database.write({ schools: records.map((record) => record.schoolId) }, () =>
      this.opening.open(records, {
        login: input.login,
        passwordHash,
        mustChangePassword: true,
        by: call.actor,
        address: call.request.address,
      }),
    );
    return { accountId: account.id, login: account.login, initialPassword: password };
  }
}
