import { Injectable } from '@nestjs/common';
import { accountOpened, roleGranted } from '@parta/contracts-identity';
import type { FactActor } from '@parta/platform-contract';
import { Outbox } from '@parta/platform-messaging';
import type { Account } from '../accounts/domain/account.entity.js';
import type { RoleGrant } from '../grants/domain/role-grant.entity.js';

/** The only mapping from what happened in identity to what it publishes. */
@Injectable()
export class PublishedEvents {
  constructor(private readonly outbox: Outbox) {}

  accountOpened(
    account: Account,
    person: { schoolId: string; personId: string; kind: string },
    actor: FactActor | null,
    at: Date,
  ): void {
    this.outbox.record(
      accountOpened,
      {
        schoolId: person.schoolId,
        aggregateId: account.id,
        aggregateVersion: account.version,
        actor,
        occurredAt: at,
      },
      { accountId: account.id, personId: person.personId, personKind: person.kind },
    );
  }

  roleRecorded(grant: RoleGrant, actor: FactActor | null, at: Date): void {
    this.outbox.record(
      roleGranted,
      {
        schoolId: grant.schoolId,
        aggregateId: grant.id,
        aggregateVersion: grant.isActive ? 1 : 2,
        actor,
        occurredAt: at,
      },
      { grantId: grant.id, personId: grant.personId, role: grant.role, isActive: grant.isActive },
    );
  }
}
