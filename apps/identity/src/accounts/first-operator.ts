import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from '@parta/platform-observability';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { IdentitySettings } from '../identity.settings.js';
import { AccountEvents } from './account-events.js';
import { Account } from './domain/account.entity.js';
import { loginKey, normalizedLogin } from './domain/login.js';
import { PasswordHasher } from './password-hasher.js';

/**
 * Makes the region's first account when there is no operator yet; every later start finds it and changes nothing. The
 * password was chosen by whoever installs, so it need not be changed.
 */
@Injectable()
export class FirstOperator implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly events: AccountEvents,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const given = this.settings.firstOperator;
    if (!given || (await this.database.read(NO_SCHOOL, () => this.exists()))) return;
    const passwordHash = await this.hasher.hash(given.password);
    await this.database.write(NO_SCHOOL, async () => {
      await this.database.run(sql`select pg_advisory_xact_lock(hashtextextended('identity:logins', 0))`);
      if (await this.exists()) return;
      const login = normalizedLogin(given.login);
      if (await this.database.row(sql`select 1 from accounts where login_key = ${loginKey(login)}`)) {
        this.logger.error('the login of the first operator is taken: no operator was made');
        return;
      }
      const at = this.clock.now();
      const account = Account.openForOperator({ login, passwordHash, mustChangePassword: false }, at);
      this.database.em.persist(account);
      this.events.record('account-opened', { at, accountId: account.id, reason: 'first operator' });
    });
  }

  private async exists(): Promise<boolean> {
    return (await this.database.row(sql`select 1 from accounts where is_regional_operator limit 1`)) !== null;
  }
}
