import { Controller } from '@nestjs/common';
import { grantRole, GrantRole, PersonGrant } from '@parta/contracts-identity';
import type { Role } from '@parta/platform-contract';
import { Conflict, InvalidInput } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import type { DirectoryPerson } from '../../directory/directory-reader.js';
import { PublishedEvents } from '../../integration/published-events.js';
import { PeopleAccess } from '../../people/people.access.js';
import { RoleGrant } from '../domain/role-grant.entity.js';

/** A role by order, with the order's number and date (R7–R10). It may name a role that the roster gives too. */
@Controller()
export class GrantRoleHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly events: AccountEvents,
    private readonly published: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(grantRole, { unitOfWork: 'own' })
  async handle(
    @Input() input: GrantRole,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<PersonGrant> {
    const records = await this.access.person(call, input, ['administrator', 'director']);
    const person = theOneOfStaff(records);
    return this.database.write({ schools: [person.schoolId] }, async () => {
      const role = input.role as Role;
      await this.roleIsNotGivenYet(person, role);
      const at = this.clock.now();
      const grant = RoleGrant.record(
        {
          schoolId: person.schoolId,
          personId: person.personId,
          role,
          orderNumber: input.orderNumber ?? null,
          orderDate: input.orderDate ?? null,
          grantedBy: actor.id,
        },
        at,
      );
      this.database.em.persist(grant);
      this.published.roleRecorded(grant, actor.asFactActor(person.schoolId), at);
      this.events.record('role-granted', {
        at,
        schoolId: person.schoolId,
        personId: person.personId,
        by: actor,
        address: call.request.address,
        reason: role,
      });
      const { orderNumber, orderDate } = grant;
      return {
        grantId: grant.id,
        role,
        origin: 'order',
        orderNumber: orderNumber ?? null,
        orderDate: orderDate ?? null,
      };
    });
  }

  private async roleIsNotGivenYet(person: DirectoryPerson, role: Role): Promise<void> {
    // Held until the commit, so that of two orders at one moment the second finds the first.
    await this.database.run(
      sql`select pg_advisory_xact_lock(hashtextextended(${`grants:${person.schoolId}:${person.personId}`}, 0))`,
    );
    const given = await this.database.row(sql`
      select 1 from grants where school_id = ${person.schoolId} and person_id = ${person.personId} and role = ${role}
        and revoked_at is null`);
    if (given) throw new Conflict('identity.grant-exists', 'the person has this role by an order already');
  }
}

/** @throws Conflict `identity.not-staff`; InvalidInput when the person is of the staff of several schools */
function theOneOfStaff(records: readonly DirectoryPerson[]): DirectoryPerson {
  const [first, second] = records.filter((record) => record.kind === 'staff');
  if (!first) throw new Conflict('identity.not-staff', 'only a member of staff is given a role by order');
  if (second)
    throw new InvalidInput([
      { field: 'schoolId', code: 'required', message: 'the person is of the staff of several schools' },
    ]);
  return first;
}
