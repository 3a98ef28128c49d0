import { Controller } from '@nestjs/common';
import { IssuedInvitations, IssuePersonInvitation, issuePersonInvitation } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, Call, Caller, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountOpening } from '../../accounts/account-opening.js';
import { DirectoryReader, type DirectoryPerson } from '../../directory/directory-reader.js';
import { PeopleAccess } from '../../people/people.access.js';
import { Invitations } from '../invitations.js';

/** A code for one person, staff too (R11, R16). */
@Controller()
export class IssuePersonInvitationHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly directory: DirectoryReader,
    private readonly opening: AccountOpening,
    private readonly invitations: Invitations,
  ) {}

  @Handles(issuePersonInvitation, { unitOfWork: 'own' })
  async handle(
    @Input() input: IssuePersonInvitation,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<IssuedInvitations> {
    const records = await this.access.person(call, input, ['administrator']);
    return this.database.write({ schools: records.map((record) => record.schoolId) }, async () => {
      const [person] = await this.opening.withoutAccount(records);
      const studentName = person.kind === 'guardian' ? await this.childOf(person) : null;
      return {
        schoolName: await this.directory.schoolName(person.schoolId),
        classTitle: null,
        invitations: await this.invitations.issue(person.schoolId, [{ ...person, studentName }], actor),
      };
    });
  }

  private async childOf(person: DirectoryPerson): Promise<string | null> {
    const row = await this.database.row<{ name: string }>(sql`
      select s.family_name || ' ' || s.given_name as name from open_guardianships g
      join people s on s.school_id = g.school_id and s.person_id = g.student_id and s.kind = 'student'
      where g.school_id = ${person.schoolId} and g.guardian_id = ${person.personId} order by 1 limit 1`);
    return row?.name ?? null;
  }
}
