import { Controller } from '@nestjs/common';
import { listSchools, type SchoolList } from '@parta/contracts-contingent';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Call, Handles, type CallContext } from '@parta/platform-rpc';
import { Forbidden } from '@parta/platform-errors';
import { russianOrder } from '../../sql-text.js';

/** Schools with their numbers: all for the regional operator, one’s own for others (R85). */
@Controller()
export class ListSchoolsUseCase {
  constructor(private readonly database: Database) {}

  /**
   * It opens its own unit of work: the regional operator has no school of his own, so the directory gives the scope.
   * @throws Forbidden `access.another-school` when the call names a school that is not the actor's
   */
  @Handles(listSchools, { unitOfWork: 'own' })
  async list(@Call() { actor, request }: CallContext): Promise<SchoolList> {
    const seen = actor!.has(['regional-operator']) ? await this.everySchool() : actor!.schools();
    if (request.school && !seen.includes(request.school)) throw new Forbidden('access.another-school');
    const schools = request.school ? [request.school] : seen;
    return this.database.read({ schools }, async () => ({
      schools: await this.database.rows(sql`
        select s.school_id as "schoolId", s.name, s.kind, s.identifier, s.time_zone as "timeZone",
          s.is_active as "isActive", coalesce(k.count, 0) as classes, coalesce(p.count, 0) as students,
          coalesce(m.count, 0) as staff
        from schools s
        left join (select school_id, count(*)::int from classes where is_active group by 1) k using (school_id)
        left join (select school_id, count(*)::int from students where is_active group by 1) p using (school_id)
        left join (select school_id, count(*)::int from staff_members where is_active group by 1) m using (school_id)
        where s.school_id = any (${schools})
        order by ${russianOrder(sql`s.name`)}, s.school_id limit 5000`),
    }));
  }

  private async everySchool(): Promise<string[]> {
    const rows = await this.database.read(NO_SCHOOL, () =>
      this.database.rows<{ id: string }>(sql`select school_id as id from school_directory`),
    );
    return rows.map(({ id }) => id);
  }
}
