import { Controller } from '@nestjs/common';
import { listClasses, type ClassList } from '@parta/contracts-contingent';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, type Actor } from '@parta/platform-rpc';
import { russianOrder } from '../../sql-text.js';
import { visibleClasses } from '../class.access.js';
import { homeroomTeachers, openPlaces } from '../class-row.js';

/** Classes of the actor's school, by year of study and letter (R79, R81). */
@Controller()
export class ListClassesUseCase {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listClasses)
  async list(@Caller() actor: Actor): Promise<ClassList> {
    const now = this.clock.now();
    return {
      classes: await this.database.rows(sql`
        select c.class_id as "classId", c.school_id as "schoolId", c.title, c.grade_level as "gradeLevel",
          ${homeroomTeachers(now)} as "homeroomTeachers",
          (select count(*)::int from (${openPlaces(now)}) as places) as students
        from classes c join schools s using (school_id)
        where c.is_active and ${visibleClasses(actor, now)}
        order by c.grade_level nulls last, ${russianOrder(sql`c.title`)}, c.class_id limit 2000`),
    };
  }
}
