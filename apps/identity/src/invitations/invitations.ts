import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { IssuedInvitation } from '@parta/contracts-identity';
import { DomainError, NotFound } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Clock, type Actor } from '@parta/platform-rpc';
import { DirectoryReader, type DirectoryPerson } from '../directory/directory-reader.js';
import { codeHash, newInvitationCode } from './domain/invitation-code.js';
import { Invitation } from './domain/invitation.entity.js';

/** Whom to invite, and for a guardian whose. */
export interface Invitee extends Omit<DirectoryPerson, 'username'> {
  studentName: string | null;
}

export interface InvitationLocation {
  schoolId: string;
  invitationId: string;
}

/** Issuing invitations and finding them by their codes. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReader,
    private readonly clock: Clock,
  ) {}

  /** Issues one for each, within a unit of work over the school; earlier unused ones of the same people are void. */
  async issue(schoolId: string, invitees: readonly Invitee[], by: Actor): Promise<IssuedInvitation[]> {
    const at = this.clock.now();
    await this.database.run(sql`
      update invitations set voided_at = ${at} where school_id = ${schoolId} and used_at is null and voided_at is null
        and person_id = any (${invitees.map((one) => one.personId)}::uuid[])`);
    const issued = invitees.map((one) => ({
      one,
      code: newInvitationCode(),
      invitation: Invitation.issue({ schoolId, personId: one.personId, issuedBy: by.id }, at),
    }));
    for (const { invitation } of issued) this.database.em.persist(invitation);
    await this.database.run(sql`
      insert into invitation_codes (code_hash, school_id, invitation_id)
      select decode(hash, 'hex'), ${schoolId}, id
      from unnest(${issued.map(({ code }) => codeHash(code).toString('hex'))}::text[],
        ${issued.map(({ invitation }) => invitation.id)}::uuid[]) as t (hash, id)`);
    return issued.map(({ one, code, invitation }) => ({
      personId: one.personId,
      personKind: one.kind,
      familyName: one.familyName,
      givenName: one.givenName,
      middleName: one.middleName,
      studentName: one.studentName,
      code,
      expiresAt: invitation.expiresAt.toISOString(),
    }));
  }

  /**
   * Where the invitation of a code is. Opens its own unit of work.
   * @throws NotFound `identity.invitation-unknown`
   */
  async locate(code: string): Promise<InvitationLocation> {
    const found = await this.database.read(NO_SCHOOL, () =>
      this.database.row<InvitationLocation>(sql`
        select school_id as "schoolId", invitation_id as "invitationId" from invitation_codes
        where code_hash = ${codeHash(code)}`),
    );
    if (!found) throw new NotFound('identity.invitation-unknown', 'no such invitation');
    return found;
  }

  /**
   * The invitation and its person, locked until the end of the unit of work, which has to cover the school.
   * @throws DomainError `identity.invitation-used`, `identity.invitation-expired`
   */
  async usable(location: InvitationLocation): Promise<{ invitation: Invitation; person: DirectoryPerson }> {
    const invitation = await this.database.em.findOneOrFail(
      Invitation,
      { schoolId: location.schoolId, id: location.invitationId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    invitation.canBeUsed(this.clock.now());
    const person = await this.directory.personIn(location.schoolId, invitation.personId);
    if (!person)
      throw new DomainError(
        'gone',
        'identity.invitation-expired',
        'the person is not of the school any more',
      );
    return { invitation, person };
  }
}
