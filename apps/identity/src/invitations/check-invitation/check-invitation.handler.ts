import { Controller } from '@nestjs/common';
import { checkInvitation, InvitationCode, InvitationView } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { Handles, Input } from '@parta/platform-rpc';
import { AccountOpening } from '../../accounts/account-opening.js';
import { DirectoryReader, type DirectoryPerson } from '../../directory/directory-reader.js';
import { Invitations } from '../invitations.js';

/** What a code is for, to be shown before it is used. */
@Controller()
export class CheckInvitationHandler {
  constructor(
    private readonly database: Database,
    private readonly invitations: Invitations,
    private readonly directory: DirectoryReader,
    private readonly opening: AccountOpening,
  ) {}

  @Handles(checkInvitation, { unitOfWork: 'own' })
  async handle(@Input() input: InvitationCode): Promise<InvitationView> {
    const location = await this.invitations.locate(input.code);
    return this.database.write({ schools: [location.schoolId] }, async () => {
      const { invitation, person } = await this.invitations.usable(location);
      return {
        schoolName: await this.directory.schoolName(person.schoolId),
        personKind: person.kind,
        familyName: person.familyName,
        givenName: person.givenName,
        middleName: person.middleName,
        children: await this.children(person),
        suggestedLogin: await this.opening.freeLoginFor(person),
        expiresAt: invitation.expiresAt.toISOString(),
      };
    });
  }

  private async children(person: DirectoryPerson): Promise<string[]> {
    const rows = await this.database.rows<{ child: string }>(sql`
      select concat_ws(', ', s.given_name, c.title) as child
      from open_guardianships g
      join people s on s.school_id = g.school_id and s.person_id = g.student_id and s.kind = 'student'
      left join classes c on c.school_id = s.school_id and c.class_id = s.class_id
      where g.school_id = ${person.schoolId} and g.guardian_id = ${person.personId}
      order by s.given_name limit 20`);
    return rows.map((row) => row.child);
  }
}
