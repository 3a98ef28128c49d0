import { Controller } from '@nestjs/common';
import { listPeople, ListPeople, PeoplePage } from '@parta/contracts-identity';
import { Forbidden, InvalidInput } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Actor, Call, Caller, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { CLASS_TEACHER_ROLES, OFFICE_ROLES, PeopleAccess } from '../people.access.js';
import { peoplePage, type Visibility } from './people-page.query.js';

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
    const visibility = this.visibilityOf(actor, call, input.schoolId);
    const query = peoplePage(input, visibility, this.clock.now());
    const page = await this.database.read({ schools: visibility.schools }, () =>
      this.database.row<PeoplePage>(query),
    );
    return page!;
  }

  private visibilityOf(actor: Actor, call: CallContext, schoolId: string | undefined): Visibility {
    const isWanted = (id: string): boolean => !schoolId || id === schoolId;
    if (this.access.isRegional(call) && schoolId)
      return { schools: [schoolId], wholeSchools: [schoolId], classIds: [] };
    const wholeSchools = this.access.schools(call, OFFICE_ROLES).filter(isWanted);
    const ownClasses = this.access.schools(call, CLASS_TEACHER_ROLES).filter(isWanted);
    const schools = [...new Set([...wholeSchools, ...ownClasses])];
    if (schools.length === 0) throw noSchool(schoolId);
    const classIds = actor
      .grantsOf(CLASS_TEACHER_ROLES)
      .filter((grant) => ownClasses.includes(grant.schoolId ?? ''))
      .flatMap((grant) => grant.classIds ?? []);
    return { schools, wholeSchools, classIds };
  }
}

const noSchool = (schoolId: string | undefined): Error =>
  schoolId
    ? new Forbidden('access.another-school', 'the actor has no role in this school')
    : new InvalidInput([
        { field: 'schoolId', code: 'required', message: 'a regional operator names the school' },
      ]);
