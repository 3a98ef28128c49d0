import { Controller } from '@nestjs/common';
import { revokeRole, RevokeRole } from '@parta/contracts-identity';
import { Done } from '@parta/platform-contract';
import { Conflict, Forbidden, NotFound } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { DirectoryReader, type PersonGrantRow } from '../../directory/directory-reader.js';
import { PublishedEvents } from '../../integration/published-events.js';
import { PeopleAccess } from '../../people/people.access.js';
import { EndedAccess } from '../../directory/ended-access.js';
import { RoleGrant } from '../domain/role-grant.entity.js';

/** Takes back a role given by order. What follows from the roster is changed in the roster. */
@Controller()
export class RevokeRoleHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly directory: DirectoryReader,
    private readonly events: AccountEvents,
    private readonly ended: EndedAccess,
    private readonly published: PublishedEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(revokeRole, { unitOfWork: 'own' })
  async handle(@Input() input: RevokeRole, @Caller() actor: Actor, @Call() call: CallContext): Promise<Done> {
    const records = await this.access.person(call, input, ['administrator', 'director']);
    await this.database.write({ schools: records.map((record) => record.schoolId) }, async () => {
      const grants = await this.directory.grantsOf(records);
      const named = grants.find((grant) => grant.grantId === input.grantId);
      if (!named) throw new NotFound('identity.grant-not-found', 'the person has no such role');
      if (named.origin === 'roster')
        throw new Conflict('identity.grant-follows-roster', 'this role follows the roster');
      const { schoolId, personId } = named;
      nobodyTakesTheirLastAdministratorRole(actor, named, grants);
      const grant = await this.database.em.findOneOrFail(RoleGrant, {
        schoolId,
        id: named.grantId,
      });
      const at = this.clock.now();
      grant.revoke(actor.id, at);
      await this.ended.ofPeople(schoolId, [personId]);
      this.published.roleRecorded(grant, actor.asFactActor(schoolId), at);
      this.events.record('role-revoked', {
        at,
        schoolId,
        personId,
        by: actor,
        address: call.request.address,
        reason: grant.role,
      });
    });
    return {};
  }
}

/** @throws Forbidden `identity.own-account` */
function nobodyTakesTheirLastAdministratorRole(
  actor: Actor,
  named: PersonGrantRow,
  grants: readonly PersonGrantRow[],
): void {
  const isOwn = actor.grants.some(
    (grant) => grant.schoolId === named.schoolId && grant.personId === named.personId,
  );
  const isLast = !grants.some(
    (grant) =>
      grant.role === 'administrator' && grant.schoolId === named.schoolId && grant.grantId !== named.grantId,
  );
  if (isOwn && named.role === 'administrator' && isLast)
    throw new Forbidden('identity.own-account', 'nobody takes back the own last administrator role');
}
