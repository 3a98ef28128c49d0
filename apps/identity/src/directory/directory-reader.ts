import { Injectable } from '@nestjs/common';
import type { Role } from '@parta/platform-contract';
import { Database, sql, type SqlFragment } from '@parta/platform-persistence';

export type PersonKind = 'staff' | 'student' | 'guardian';

export interface DirectoryPerson {
  schoolId: string;
  personId: string;
  kind: PersonKind;
  familyName: string;
  givenName: string;
  middleName: string | null;
  username: string | null;
}

export interface PersonGrantRow {
  schoolId: string;
  personId: string;
  grantId: string;
  role: Role;
  origin: 'roster' | 'order';
  orderNumber: string | null;
  orderDate: string | null;
  classIds: string[];
  studentIds: string[];
}

/** Whom an account stands for, and their roles. */
export interface Roles {
  people: DirectoryPerson[];
  grants: PersonGrantRow[];
}

type PersonInSchool = Pick<DirectoryPerson, 'schoolId' | 'personId'>;

const PERSON =
  sql.trusted(`p.school_id as "schoolId", p.person_id as "personId", p.kind, p.family_name as "familyName",
  p.given_name as "givenName", p.middle_name as "middleName", p.username`);

/** Staff before guardians before students: as whom a person of several kinds is shown. */
const KIND_ORDER = sql.trusted(`array_position(array['staff', 'guardian', 'student'], p.kind)`);

/** Reads of the directory within the running unit of work; row-level security keeps to its schools. */
@Injectable()
export class DirectoryReader {
  constructor(private readonly database: Database) {}

  /**
   * The active people an account stands for, staff first.
   * @param accountId or an expression of SQL for it, where it is not known before the question is sent
   */
  async peopleOf(accountId: string | SqlFragment): Promise<DirectoryPerson[]> {
    return this.database.rows<DirectoryPerson>(sql`
      select ${PERSON} from account_people a join people p on p.school_id = a.school_id and p.person_id = a.person_id
      where a.account_id = ${accountId} and p.is_active order by ${KIND_ORDER}, a.since, p.school_id`);
  }

  /** An active person by id, once for each school, as whom it is shown there. */
  async person(personId: string): Promise<DirectoryPerson[]> {
    const records = [];
    for (const schoolId of await this.schoolsOf(personId))
      records.push(await this.personIn(schoolId, personId));
    return records.filter((record) => record !== null);
  }

  /** An active person of a school, as whom it is shown. */
  async personIn(schoolId: string, personId: string): Promise<DirectoryPerson | null> {
    return this.database.row<DirectoryPerson>(sql`
      select ${PERSON} from people p where p.school_id = ${schoolId} and p.person_id = ${personId} and p.is_active
      order by ${KIND_ORDER} limit 1`);
  }

  /** In which schools the person has a record: ids only, whatever the scope. */
  async schoolsOf(personId: string): Promise<string[]> {
    const rows = await this.database.rows<{ school_id: string }>(
      sql`select school_id from person_locations where person_id = ${personId} order by school_id`,
    );
    return rows.map((row) => row.school_id);
  }

  /** Every role of these people, from the roster and by order. */
  async grantsOf(people: readonly PersonInSchool[]): Promise<PersonGrantRow[]> {
    if (people.length === 0) return [];
    const [schools, persons] = [people.map((p) => p.schoolId), people.map((p) => p.personId)];
    // A person of several kinds is in the list once for each.
    return this.grants(sql`select distinct * from unnest(${schools}::uuid[], ${persons}::uuid[])`);
  }

  /** As `peopleOf`, with every role of theirs in the schools that the unit of work sees; both asked for in one go. */
  async rolesOf(accountId: string | SqlFragment): Promise<Roles> {
    const [people, grants] = await Promise.all([
      this.peopleOf(accountId),
      this.grants(sql`select school_id, person_id from account_people where account_id = ${accountId}`),
    ]);
    return { people, grants };
  }

  private grants(of: SqlFragment): Promise<PersonGrantRow[]> {
    return this.database.rows<PersonGrantRow>(sql`
      select g.school_id as "schoolId", g.person_id as "personId", g.grant_id as "grantId", g.role, g.origin,
        g.order_number as "orderNumber", to_char(g.order_date, 'YYYY-MM-DD') as "orderDate",
        g.class_ids as "classIds", g.student_ids as "studentIds"
      from (${of}) as one (school_id, person_id) cross join lateral grants_of(one.school_id, one.person_id) as g
      order by g.school_id, g.role, g.origin desc`);
  }

  async schoolName(schoolId: string): Promise<string> {
    const row = await this.database.row<{ name: string }>(
      sql`select name from schools where school_id = ${schoolId}`,
    );
    return row?.name ?? '';
  }
}
