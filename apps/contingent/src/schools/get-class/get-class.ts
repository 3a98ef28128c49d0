import { Controller } from '@nestjs/common';
import { getClass, type ClassId, type ClassView } from '@parta/contracts-contingent';
import { NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { fullName, russianOrder } from '../../sql-text.js';
import { visibleClasses } from '../class.access.js';
import { homeroomTeachers, openPlaces } from '../class-row.js';

/** A class with its students and their guardians, in the order of the Russian alphabet (R78, R79). */
@Controller()
export class GetClassUseCase {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound `contingent.class-not-found`, also for a class that the actor may not see */
  @Handles(getClass)
  async get(@Input() input: ClassId, @Caller() actor: Actor): Promise<ClassView> {
    const now = this.clock.now();
    const found = await this.database.row<ClassView>(sql`
      select c.class_id as "classId", c.school_id as "schoolId", c.title, c.grade_level as "gradeLevel",
        ${homeroomTeachers(now)} as "homeroomTeachers", coalesce(json_array_length(list), 0) as students,
        coalesce(list, '[]') as list
      from classes c join schools s using (school_id) cross join lateral (
        select json_agg(json_build_object(
          'studentId', p.person_id, 'name', ${fullName('p')}, 'birthDate', p.birth_date,
          'guardians', coalesce((
            select json_agg(${fullName('g')} order by ${russianOrder(fullName('g'))})
            from guardianships w join people g on g.school_id = w.school_id and g.person_id = w.guardian_id
            where w.school_id = p.school_id and w.student_id = p.person_id and w.is_active), '[]'),
          'enrolledFrom', e.enrolled_from
        ) order by ${russianOrder(fullName('p'))}, p.person_id) as list
        from (${openPlaces(now)}) as e join people p on p.school_id = c.school_id and p.person_id = e.person_id
      ) as students
      where c.class_id = ${input.classId} and ${visibleClasses(actor, now)}`);
    if (!found) throw new NotFound('contingent.class-not-found', `no class ${input.classId}`);
    return found;
  }
}
