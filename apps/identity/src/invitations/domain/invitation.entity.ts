import { defineEntity, p } from '@mikro-orm/core';
import { DomainError } from '@parta/platform-errors';
import { v7 as uuidv7 } from 'uuid';

/** For how long a code may be used. */
export const INVITATION_DAYS = 30;

const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    schoolId: p.uuid().primary(),
    id: p.uuid().primary(),
    personId: p.uuid(),
    issuedAt: p.datetime(),
    issuedBy: p.uuid(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    voidedAt: p.datetime().nullable(),
  },
});

/** The right of one person to make an account, once, within thirty days (R16). A later invitation voids it. */
export class Invitation extends InvitationSchema.class {
  static issue(given: { schoolId: string; personId: string; issuedBy: string }, at: Date): Invitation {
    const invitation = new Invitation();
    invitation.id = uuidv7();
    invitation.schoolId = given.schoolId;
    invitation.personId = given.personId;
    invitation.issuedBy = given.issuedBy;
    invitation.issuedAt = at;
    invitation.expiresAt = new Date(at.getTime() + INVITATION_DAYS * 86_400_000);
    return invitation;
  }

  /** @throws DomainError `identity.invitation-used`, `identity.invitation-expired` (a voided one too: a newer was issued) */
  canBeUsed(at: Date): void {
    if (this.usedAt)
      throw new DomainError('gone', 'identity.invitation-used', 'the invitation was used already');
    if (this.voidedAt || at >= this.expiresAt)
      throw new DomainError('gone', 'identity.invitation-expired', 'the invitation is not valid any more');
  }

  use(at: Date): void {
    this.canBeUsed(at);
    this.usedAt = at;
  }
}
InvitationSchema.setClass(Invitation);
