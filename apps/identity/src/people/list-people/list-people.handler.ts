import { Controller } from '@nestjs/common';
import { listPeople, ListPeople, PeoplePage } from '@parta/contracts-identity';
import { Database } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { PeopleAccess } from '../people.access.js';
import { peoplePage } from './people-page.query.js';

/**
 * People with their accounts and roles: the whole school for its office, the own class with its guardians for a class
 * teacher or curator, any school for the regional operator.
 */
@Controller()
export class ListPeopleHandler {
  constructor(
    private readonly database: Database,
    private readonly access: PeopleAccess,
    private readonly clock: Clock,
  ) {}

  @Handles(listPeople, { unitOfWork: 'own' })
  async handle(
    @Input() input: ListPeople,
    @Caller() actor: Actor,
    @Call() call: CallContext,
  ): Promise<PeoplePage> {
    const visibility = this.access.visibility(actor, call, input.schoolId);
    const query = peoplePage(input, visibility, this.clock.now());
    const page = await this.database.read({ schools: visibility.schools }, () =>
      this.database.row<PeoplePage>(query),
    );
    return page!;
  }
}
