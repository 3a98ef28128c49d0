import { Controller } from '@nestjs/common';
import { issueClassInvitations, IssueClassInvitations, IssuedInvitations } from '@parta/contracts-identity';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, Call, Caller, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { DirectoryReader } from '../../directory/directory-reader.js';
import { CLASS_TEACHER_ROLES, PeopleAccess } from '../../people/people.access.js';
import { Invitations, type Invitee } from '../invitations.js';

interface ClassRow {
  schoolId: string;
  classId: string;
  title: string;
}

/**
 * Codes for everybody of a class who has no account (R12, R15, R16), students first, each followed by the guardians. Not
 * in the platform's unit of work: codes must not be kept as the answer to an idempotency key.
 */
@Controller()
export class IssueClassInvitationsHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly directory: DirectoryReader,
    private readonly invitations: Invitations,
  ) {}

  @Handles(issueClassInvitations, { unitOfWork: 'own' })
  async handle(
    @Input() input: IssueClassInvitations,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<IssuedInvitations> {
    const schools = this.access.schools(call, ['administrator', ...CLASS_TEACHER_ROLES]);
    return this.database.write({ schools }, async () => {
      const found = await this.database.row<ClassRow>(sql`
        select school_id as "schoolId", class_id as "classId", title from classes
        where class_id = ${input.classId} and school_id = any (${schools}::uuid[]) and is_active`);
      if (!found || !mayInvite(actor, found))
        throw new NotFound('identity.class-not-found', 'no such class among those the actor may invite');
      const invitees = await this.withoutAccount(found, input.personIds ?? null);
      return {
        schoolName: await this.directory.schoolName(found.schoolId),
        classTitle: found.title,
        invitations: await this.invitations.issue(found.schoolId, invitees, actor),
      };
    });
  }

  private withoutAccount(of: ClassRow, personIds: string[] | null): Promise<Invitee[]> {
    return this.database.rows<Invitee>(sql`
      with students as (
        select * from people where school_id = ${of.schoolId} and class_id = ${of.classId} and kind = 'student' and is_active
      ), members as (
        select s.person_id, 'student' as kind, s.person_id as student_id from students s
        union all
        select g.guardian_id, 'guardian', s.person_id
        from students s join open_guardianships g on g.school_id = s.school_id and g.student_id = s.person_id
      ), once as (
        select distinct on (m.person_id) m.person_id, m.kind, m.student_id from members m
        join students s on s.person_id = m.student_id order by m.person_id, s.family_name, s.given_name
      )
      select p.school_id as "schoolId", p.person_id as "personId", p.kind, p.family_name as "familyName",
        p.given_name as "givenName", p.middle_name as "middleName",
        case when p.kind = 'guardian' then s.family_name || ' ' || s.given_name end as "studentName"
      from once o
      join people p on p.school_id = ${of.schoolId} and p.person_id = o.person_id and p.kind = o.kind
      join students s on s.person_id = o.student_id
      where not exists (
          select 1 from account_people a where a.school_id = p.school_id and a.person_id = p.person_id)
        and (${personIds === null} or p.person_id = any (${personIds ?? []}::uuid[]))
      order by s.family_name, s.given_name, s.person_id, p.kind desc, p.family_name, p.given_name
      limit 500`);
  }
}

/** The school's administrator invites any class, a class teacher or curator the own one. */
function mayInvite(actor: Actor, found: ClassRow): boolean {
  return (
    actor.has(['administrator'], found.schoolId) ||
    actor
      .grantsOf(CLASS_TEACHER_ROLES)
      .some((grant) => grant.schoolId === found.schoolId && grant.classIds?.includes(found.classId))
  );
}
