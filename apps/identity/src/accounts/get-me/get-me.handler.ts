import { Controller } from '@nestjs/common';
import { getMe, MeView, MyChild, MySchool } from '@parta/contracts-identity';
import { Unauthenticated } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Actor, Caller, Handles } from '@parta/platform-rpc';
import { DirectoryReader, type PersonGrantRow } from '../../directory/directory-reader.js';

interface AccountRow {
  login: string;
  must_change_password: boolean;
  is_regional_operator: boolean;
  own_family_name: string | null;
  own_given_name: string | null;
  school_ids: string[];
}

/** The account's own view of itself, as the directory is now: a role given a minute ago is in it before it is in the token. */
@Controller()
export class GetMeHandler {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReader,
  ) {}

  @Handles(getMe, { unitOfWork: 'own' })
  async handle(@Caller() actor: Actor): Promise<MeView> {
    const account = await this.database.read(NO_SCHOOL, () =>
      this.database.row<AccountRow>(sql`
        select login, must_change_password, is_regional_operator, own_family_name, own_given_name, school_ids
        from accounts where id = ${actor.id}`),
    );
    if (!account) throw new Unauthenticated();
    return this.database.read({ schools: account.school_ids }, () => this.view(actor.id, account));
  }

  private async view(accountId: string, account: AccountRow): Promise<MeView> {
    const people = await this.directory.peopleOf(accountId);
    const grants = await this.directory.grantsOf(people);
    const titles = await this.classTitles(grants.flatMap((grant) => grant.classIds));
    const { familyName, givenName, middleName } = people[0] ?? {
      familyName: account.own_family_name ?? account.login,
      givenName: account.own_given_name ?? account.login,
      middleName: null,
    };
    return {
      accountId,
      login: account.login,
      person: { familyName, givenName, middleName },
      mustChangePassword: account.must_change_password,
      grants: [
        ...(account.is_regional_operator
          ? [{ role: 'regional-operator', schoolId: null, personId: null, classIds: [], classTitles: [] }]
          : []),
        ...withoutTwins(grants).map(({ role, schoolId, personId, classIds }) => ({
          role,
          schoolId,
          personId,
          classIds,
          classTitles: classIds.map((id) => titles.get(id) ?? ''),
        })),
      ],
      schools: await this.schools([...new Set(people.map((person) => person.schoolId))]),
      children: await this.children(grants),
    };
  }

  private async classTitles(classIds: string[]): Promise<Map<string, string>> {
    if (classIds.length === 0) return new Map();
    const rows = await this.database.rows<{ class_id: string; title: string }>(
      sql`select class_id, title from classes where class_id = any (${classIds}::uuid[])`,
    );
    return new Map(rows.map((row) => [row.class_id, row.title]));
  }

  private schools(ids: string[]): Promise<MySchool[]> {
    return this.database.rows<MySchool>(sql`
      select school_id as "schoolId", name, kind, time_zone as "timeZone" from schools
      where school_id = any (${ids}::uuid[]) order by name`);
  }

  private async children(grants: readonly PersonGrantRow[]): Promise<MyChild[]> {
    const ids = [...new Set(grants.flatMap((grant) => grant.studentIds))];
    if (ids.length === 0) return [];
    return this.database.rows<MyChild>(sql`
      select p.person_id as "studentId", p.school_id as "schoolId", p.family_name as "familyName",
        p.given_name as "givenName", p.middle_name as "middleName", c.title as "classTitle"
      from people p left join classes c on c.school_id = p.school_id and c.class_id = p.class_id
      where p.kind = 'student' and p.is_active and p.school_id = any (${[...new Set(grants.map((g) => g.schoolId))]}::uuid[])
        and p.person_id = any (${ids}::uuid[])
      order by p.family_name, p.given_name, p.school_id`);
  }
}

/** A role that both the roster and an order give is one role to its holder. */
function withoutTwins(grants: readonly PersonGrantRow[]): PersonGrantRow[] {
  const seen = new Set<string>();
  return grants.filter((grant) => {
    const key = `${grant.schoolId}:${grant.personId}:${grant.role}`;
    return !seen.has(key) && seen.add(key);
  });
}
