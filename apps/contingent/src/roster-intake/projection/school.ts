import { sql, type Database } from '@parta/platform-persistence';
import { lastDayOf } from './last-day.js';
import { itemsOf, recordNamed, recordsAt, recordsOf, type SchoolContext } from './school-context.js';
import { makeTrue, TABLES, want } from './wanted.js';

/**
 * The school itself. It is a college when none of its homeroom classes has a year of study: a college's groups have
 * courses («СВ-26»), not years.
 */
export async function projectSchool(database: Database, school: SchoolContext): Promise<void> {
  await database.run(sql`
    insert into school_directory (school_id, source_id, sourced_id)
    values (${school.schoolId}, ${school.sourceId}, ${school.sourcedId}) on conflict do nothing`);
  await want(
    database,
    TABLES.schools,
    'school_id, name, kind, identifier, time_zone, is_active',
    sql`
    select o.id, fitting(o.data ->> 'name', 300),
      case when o.data ->> 'type' = 'ext:college' then 'college'
        else coalesce(
          (select case when count(k.data ->> 'grades') > 0 then 'school' when count(*) > 0 then 'college' end
           from ${recordsAt(school, 'classes', 'k')}
           where k.ended_at is null and k.data ->> 'classType' = 'homeroom'),
          (select kind from schools where school_id = o.id),
          'school')
      end,
      fitting(o.data ->> 'identifier', 100), ${school.timeZone}, o.ended_at is null
    from ${recordsOf(school, 'orgs', 'o')} where o.sourced_id = ${school.sourcedId}`,
  );
  await makeTrue(database, TABLES.schools, school.schoolId);
}

/**
 * Academic years that the school's classes and courses name, with all their periods. Sessions in OneRoster belong to no
 * school; a college gets no quarters unless its classes name them. A past year that no class names any more stays.
 */
export async function projectAcademicYears(database: Database, school: SchoolContext): Promise<void> {
  await database.run(sql`drop table if exists school_sessions`);
  await database.run(sql`
    create temporary table school_sessions on commit drop as
    with recursive sessions as materialized (
      select s.sourced_id, s.id, s.data, s.data ->> 'parentSourcedId' as parent
      from ${recordsOf(school, 'academicSessions', 's')} where s.ended_at is null
    ),
    named as (
      select term.id as sourced_id from ${recordsAt(school, 'classes', 'k')}, ${itemsOf(`k.data ->> 'termSourcedIds'`, 'term(id)')}
        where k.ended_at is null
      union
      select c.data ->> 'schoolYearSourcedId' from ${recordsAt(school, 'classes', 'k')}
        cross join ${recordNamed(school, 'courses', `k.data ->> 'courseSourcedId'`, 'c')}
        where k.ended_at is null
    ),
    above as (
      select s.sourced_id, s.parent, s.data from sessions s join named using (sourced_id)
      union
      select p.sourced_id, p.parent, p.data from above a join sessions p on p.sourced_id = a.parent
    ),
    years as (
      select y.sourced_id, y.id, y.data from sessions y
      where y.data ->> 'type' = 'schoolYear' and (
        y.sourced_id in (select sourced_id from above)
        -- A term without a parent says its year by the year's number alone.
        or not exists (select 1 from above where above.data ->> 'type' = 'schoolYear')
          and y.data ->> 'schoolYear' in (select above.data ->> 'schoolYear' from above))
    ),
    below as (
      select y.id as year_id, y.sourced_id, y.id, y.data, null::text as parent from years y
      union
      select b.year_id, s.sourced_id, s.id, s.data, s.parent
      from below b join sessions s on s.parent = b.sourced_id
    )
    select b.year_id, b.id, b.sourced_id, b.parent, b.data, b.id = b.year_id as is_year,
      b.sourced_id in (select sourced_id from named) as is_named
    from below b`);
  await want(
    database,
    TABLES.years,
    'school_id, academic_year_id, title, start_date, end_date',
    sql`
    select ${school.schoolId}, id, fitting(y.data ->> 'title', 200), (y.data ->> 'startDate')::date, ${lastDayOf('y')}
    from school_sessions y where is_year`,
  );
  await want(
    database,
    TABLES.periods,
    'school_id, academic_year_id, period_id, title, kind, start_date, end_date, parent_id, is_active',
    sql`
    with periods as (
      select s.*, s.data ->> 'type' as type, school.kind = 'college' as is_college,
        count(*) over (partition by s.year_id, s.data ->> 'type') as of_this_type
      from school_sessions s cross join (select kind from schools where school_id = ${school.schoolId}) as school
      where not s.is_year and s.data ->> 'type' <> 'schoolYear'
    ),
    kinds as (
      select p.*, case
        when type = 'ext:quarter' then 'quarter'
        when type = 'ext:trimester' then 'trimester'
        when type in ('semester', 'ext:semester', 'ext:half-year', 'ext:halfYear') or of_this_type = 2
          then case when is_college then 'semester' else 'half-year' end
        when of_this_type = 3 then 'trimester'
        else 'quarter'
      end as kind
      from periods p
    )
    select ${school.schoolId}, k.year_id, k.id, fitting(k.data ->> 'title', 200), k.kind, (k.data ->> 'startDate')::date,
      ${lastDayOf('k')}, parent.id, true
    from kinds k left join kinds parent on parent.sourced_id = k.parent and parent.year_id = k.year_id
    where not k.is_college or k.is_named or k.kind = 'semester'`,
  );
  await makeTrue(database, TABLES.years, school.schoolId);
  await makeTrue(database, TABLES.periods, school.schoolId);
}
