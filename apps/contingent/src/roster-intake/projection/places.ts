import { sql, type Database } from '@parta/platform-persistence';
import { lastDayOf } from './last-day.js';
import { recordsAt, type SchoolContext } from './school-context.js';
import { isUnwanted, TABLES, want, wantedOf, type ProjectedTable } from './wanted.js';

/** Students in classes and groups. */
export const projectEnrolments = (database: Database, school: SchoolContext): Promise<void> =>
  projectPlaces(database, school, TABLES.enrolments, 'student');

/** Teachers: of a class, its class teacher or curator; of a study group, who teaches it. */
export const projectAssignments = (database: Database, school: SchoolContext): Promise<void> =>
  projectPlaces(database, school, TABLES.assignments, 'teacher');

/**
 * A place lasts until its last day; one that has ended without a date (its record, its person or its group is gone) ends
 * with the day of the intake that learned of it. A record that now names another class or person is a move: the old place
 * ends the day before the new one begins.
 */
async function projectPlaces(
  database: Database,
  school: SchoolContext,
  table: ProjectedTable,
  role: string,
): Promise<void> {
  const isAssignment = table === TABLES.assignments;
  const name = sql.trusted(table.name);
  const wanted = wantedOf(table);
  const main = sql.trusted(isAssignment ? 'is_main,' : '');
  await want(
    database,
    table,
    `school_id, enrolment_id, group_id, person_id, ${isAssignment ? 'is_main,' : ''} declared_from, to_date, is_gone`,
    sql`
    select ${school.schoolId}, e.id, k.id, u.person_id,
      ${isAssignment ? sql`coalesce(e.data ->> 'primary' = 'true', false),` : sql.empty}
      (e.data ->> 'beginDate')::date,
      least(${lastDayOf('e')}, (least(e.ended_at, u.ended_at, k.ended_at) at time zone ${school.timeZone})::date),
      coalesce(e.ended_at, u.ended_at, k.ended_at) is not null
    from ${recordsAt(school, 'enrollments', 'e')}
    join ${recordsAt(school, 'classes', 'k')} on k.sourced_id = e.data ->> 'classSourcedId'
    join members u on u.sourced_id = e.user_sourced_id
    where e.data ->> 'role' = ${role}`,
  );
  await database.run(sql`
    insert into ${name} as t (school_id, enrolment_id, group_id, person_id, ${main} declared_from, from_date, to_date, is_gone)
    select w.school_id, w.enrolment_id, w.group_id, w.person_id, ${main} w.declared_from,
      -- Moved without a new begin date: it begins today, not when the old place began.
      case when (w.enrolment_id, coalesce(w.declared_from, '-infinity')) in (
          select enrolment_id, coalesce(declared_from, '-infinity') from ${name} where school_id = ${school.schoolId})
        then ${school.today}::date else w.declared_from end,
      w.to_date, w.is_gone
    from ${wanted} w
    on conflict (school_id, enrolment_id, group_id, person_id) do update
    set declared_from = excluded.declared_from, to_date = excluded.to_date, is_gone = excluded.is_gone,
      ${isAssignment ? sql`is_main = excluded.is_main,` : sql.empty}
      from_date = case when t.declared_from is distinct from excluded.declared_from
        then excluded.declared_from else t.from_date end
    where (t.declared_from, t.to_date, t.is_gone, ${isAssignment ? sql`t.is_main` : sql`0`})
      is distinct from (excluded.declared_from, excluded.to_date, excluded.is_gone, ${isAssignment ? sql`excluded.is_main` : sql`0`})`);
  await database.run(sql`
    update ${name} t set to_date = coalesce(
      (select max(w.from_date) from ${name} w join ${wanted} using (school_id, enrolment_id, group_id, person_id)
       where w.school_id = t.school_id and w.enrolment_id = t.enrolment_id), ${school.today}::date) - 1
    where school_id = ${school.schoolId} and coalesce(to_date >= ${school.today}::date, true) and ${isUnwanted(table)}`);
}
