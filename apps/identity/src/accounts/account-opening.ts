import { Injectable } from '@nestjs/common';
import { Conflict } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Clock, type Actor } from '@parta/platform-rpc';
import type { DirectoryPerson } from '../directory/directory-reader.js';
import { PublishedEvents } from '../integration/published-events.js';
import { AccountEvents } from './account-events.js';
import { Account, type NewAccount } from './domain/account.entity.js';
import { freeLogin, loginKey, normalizedLogin, proposedLogin } from './domain/login.js';

export interface Opening extends Omit<NewAccount, 'login'> {
  /** proposed from the person if left out */
  login?: string;
  /** who opens it; null when the holder does */
  by: Actor | null;
  address: string | null;
}

/** Giving a person of the directory an account: a new one, or one the person has already. */
@Injectable()
export class AccountOpening {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly published: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an account for the person, within a unit of work over its schools.
   * @param records of one person in several schools; where it has an account, that one stays
   * @throws Conflict `identity.account-exists`, `identity.login-taken`
   */
  async open(records: readonly DirectoryPerson[], opening: Opening): Promise<Account> {
    await this.oneAtATime();
    const [person, ...others] = await this.withoutAccount(records);
    const login = opening.login
      ? await this.freeOrRefused(normalizedLogin(opening.login))
      : await this.freeLoginFor(person);
    const at = this.clock.now();
    const account = Account.open({ ...opening, login }, at);
    this.database.em.persist(account);
    this.events.record('account-opened', {
      at,
      accountId: account.id,
      schoolId: person.schoolId,
      personId: person.personId,
      by: opening.by,
      address: opening.address,
    });
    for (const record of [person, ...others]) await this.join(account, record, opening.by);
    return account;
  }

  /**
   * Lets the account stand for the person too, and voids the invitations nobody needs any more.
   * @throws Conflict `identity.account-exists`
   */
  async join(account: Account, person: DirectoryPerson, by: Actor | null): Promise<void> {
    await this.oneAtATime();
    await this.withoutAccount([person]);
    const at = this.clock.now();
    account.joinSchool(person.schoolId);
    await this.database.em.flush();
    await this.database.run(sql`
      insert into account_people (school_id, person_id, account_id, since)
      values (${person.schoolId}, ${person.personId}, ${account.id}, ${at})`);
    await this.database.run(sql`
      update invitations set voided_at = ${at} where school_id = ${person.schoolId} and person_id = ${person.personId}
        and used_at is null and voided_at is null`);
    this.published.accountOpened(account, person, by?.asFactActor(person.schoolId) ?? null, at);
  }

  /**
   * Those of the records that no account stands for yet.
   * @returns at least one
   * @throws Conflict `identity.account-exists`
   */
  async withoutAccount(
    records: readonly DirectoryPerson[],
  ): Promise<[DirectoryPerson, ...DirectoryPerson[]]> {
    const taken = await this.database.rows<{ school_id: string }>(sql`
      select school_id from account_people where school_id = any (${records.map((r) => r.schoolId)}::uuid[])
        and person_id = any (${records.map((r) => r.personId)}::uuid[])`);
    const [first, ...more] = records.filter((r) => !taken.some((row) => row.school_id === r.schoolId));
    if (!first) throw new Conflict('identity.account-exists', 'the person has an account already');
    return [first, ...more];
  }

  /** A login for the person that nobody has at this moment. */
  async freeLoginFor(person: DirectoryPerson): Promise<string> {
    const proposed = proposedLogin(person);
    const rows = await this.database.rows<{ login_key: string }>(sql`
      select login_key from accounts where starts_with(login_key, ${loginKey(proposed).slice(0, 90)})`);
    return freeLogin(proposed, new Set(rows.map((row) => row.login_key)));
  }

  private async freeOrRefused(login: string): Promise<string> {
    const taken = await this.database.row(sql`select 1 from accounts where login_key = ${loginKey(login)}`);
    if (taken) throw new Conflict('identity.login-taken', 'somebody has this login');
    return login;
  }

  /** So that a login found free, or a person without an account, stays so until the commit. */
  private async oneAtATime(): Promise<void> {
    await this.database.run(sql`select pg_advisory_xact_lock(hashtextextended('identity:logins', 0))`);
  }
}
