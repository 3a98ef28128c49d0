import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '@parta/platform-contract';
import { v7 as uuidv7 } from 'uuid';

const RoleGrantSchema = defineEntity({
  name: 'RoleGrant',
  tableName: 'grants',
  properties: {
    schoolId: p.uuid().primary(),
    id: p.uuid().primary(),
    personId: p.uuid(),
    role: p.text().$type<Role>(),
    orderNumber: p.text().nullable(),
    orderDate: p.date().nullable(),
    grantedAt: p.datetime(),
    grantedBy: p.uuid(),
    revokedAt: p.datetime().nullable(),
    revokedBy: p.uuid().nullable(),
    version: p.integer().version(),
  },
});

export interface NewRoleGrant {
  schoolId: string;
  personId: string;
  role: Role;
  /** number and date of the order of appointment (R10) */
  orderNumber: string | null;
  orderDate: string | null;
  grantedBy: string;
}

/** A role given to a member of staff by hand, by an order of the director (R7–R10). Taken back, it stays on record. */
export class RoleGrant extends RoleGrantSchema.class {
  static record(given: NewRoleGrant, at: Date): RoleGrant {
    const grant = new RoleGrant();
    grant.id = uuidv7();
    grant.schoolId = given.schoolId;
    grant.personId = given.personId;
    grant.role = given.role;
    grant.orderNumber = given.orderNumber;
    grant.orderDate = given.orderDate;
    grant.grantedBy = given.grantedBy;
    grant.grantedAt = at;
    return grant;
  }

  get isActive(): boolean {
    return this.revokedAt == null;
  }

  revoke(by: string, at: Date): void {
    this.revokedAt = at;
    this.revokedBy = by;
  }
}
RoleGrantSchema.setClass(RoleGrant);
