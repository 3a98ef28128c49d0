import { Injectable } from '@nestjs/common';
import type { Role } from '@parta/platform-contract';
import { Forbidden, InvalidInput, NotFound } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import type { Actor, CallContext } from '@parta/platform-rpc';
import { DirectoryReader, type DirectoryPerson } from '../directory/directory-reader.js';
import type { Visibility } from './list-people/people-page.query.js';

export const OFFICE_ROLES: readonly Role[] = ['administrator', 'director', 'deputy-head', 'secretary'];
export const CLASS_TEACHER_ROLES: readonly Role[] = ['homeroom-teacher', 'group-curator'];

export interface ReachableAccount {
  id: string;
  /** every school the account has persons in */
  schoolIds: string[];
  isRegionalOperator: boolean;
}

/**
 * Which people and accounts a caller may act on: those of the schools where the caller holds one of the roles, and for
 * the regional operator all. Anything else answers as if it were not there.
 */
@Injectable()
export class PeopleAccess {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReader,
  ) {}

  /** The schools where the caller holds one of the roles, or of those the one the caller says to work in. */
  schools({ actor, request }: CallContext, roles: readonly Role[]): string[] {
    return actor!.schools(roles).filter((id) => !request.school || id === request.school);
  }

  /** Whom a list of people may show: whole schools to their office, own classes to a class teacher. */
  visibility(actor: Actor, call: CallContext, schoolId?: string): Visibility {
    const isWanted = (id: string): boolean => !schoolId || id === schoolId;
    if (this.isRegional(call) && schoolId)
      return { schools: [schoolId], wholeSchools: [schoolId], classIds: [] };
    const wholeSchools = this.schools(call, OFFICE_ROLES).filter(isWanted);
    const ownClasses = this.schools(call, CLASS_TEACHER_ROLES).filter(isWanted);
    const schools = [...new Set([...wholeSchools, ...ownClasses])];
    if (schools.length === 0) throw noSchool(schoolId);
    const classIds = actor
      .grantsOf(CLASS_TEACHER_ROLES)
      .filter((grant) => ownClasses.includes(grant.schoolId ?? ''))
      .flatMap((grant) => grant.classIds ?? []);
    return { schools, wholeSchools, classIds };
  }

  isRegional({ actor }: CallContext): boolean {
    return actor!.has(['regional-operator'], null);
  }

  /**
   * A person's records, one for each school: the roster may know one person in several.
   * @param schoolId only there
   * @returns at least one
   * @throws NotFound `identity.person-not-found`
   */
  async person(
    call: CallContext,
    { personId, schoolId }: { personId: string; schoolId?: string },
    roles: readonly Role[],
  ): Promise<[DirectoryPerson, ...DirectoryPerson[]]> {
    const reach = this.isRegional(call)
      ? await this.database.read(NO_SCHOOL, () => this.directory.schoolsOf(personId))
      : this.schools(call, roles);
    const schools = reach.filter((id) => !schoolId || id === schoolId);
    const [first, ...more] = await this.database.read({ schools }, () => this.directory.person(personId));
    if (!first) throw new NotFound('identity.person-not-found', 'no such person');
    return [first, ...more];
  }

  /** @throws NotFound `identity.account-not-found` */
  async account(call: CallContext, accountId: string, roles: readonly Role[]): Promise<ReachableAccount> {
    const schools = this.schools(call, roles);
    const account = await this.database.read({ schools }, () =>
      this.database.row<ReachableAccount>(sql`
        select id, school_ids as "schoolIds", is_regional_operator as "isRegionalOperator" from accounts
        where id = ${accountId} and (${this.isRegional(call)} or exists (
          select 1 from account_people p where p.account_id = accounts.id and p.school_id = any (${schools}::uuid[])))`),
    );
    if (!account) throw new NotFound('identity.account-not-found', 'no such account');
    return account;
  }

  /**
   * An account opens the data of all its schools, so whoever takes it over, or shuts it, has to answer for all of them.
   * @throws NotFound `identity.account-not-found`
   * @throws Forbidden `identity.own-account`; `identity.account-of-other-schools`: the regional operator may
   */
  async accountToManage(call: CallContext, accountId: string): Promise<ReachableAccount> {
    const account = await this.account(call, accountId, ['administrator']);
    if (account.id === call.actor!.id)
      throw new Forbidden('identity.own-account', 'nobody does this to the own account');
    if (this.isRegional(call)) return account;
    const own = call.actor!.schools(['administrator']);
    if (account.isRegionalOperator || !account.schoolIds.every((id) => own.includes(id)))
      throw new Forbidden(
        'identity.account-of-other-schools',
        'the account is of other schools too: the regional operator may',
      );
    return account;
  }
}

const noSchool = (schoolId: string | undefined): Error =>
  schoolId
    ? new Forbidden('access.another-school', 'the actor has no role in this school')
    : new InvalidInput([
        { field: 'schoolId', code: 'required', message: 'a regional operator names the school' },
      ]);
