import { sql, type Database } from '@parta/platform-persistence';
import { gradeLevelOf } from './grades.js';
import { recordNamed, recordsAt, type SchoolContext } from './school-context.js';
import { makeTrue, TABLES, want } from './wanted.js';

/** Homeroom classes: classes of a school, groups of a college (R81, R82). */
export async function projectClasses(database: Database, school: SchoolContext): Promise<void> {
  await want(
    database,
    TABLES.classes,
    'school_id, class_id, title, grade_level, kind, is_active',
    sql`
    select ${school.schoolId}, k.id, fitting(k.data ->> 'title', 100),
      ${gradeLevelOf('k')},
      case when k.data ->> 'grades' is null and s.kind = 'college' then 'college-group' else 'class' end,
      k.ended_at is null
    from ${recordsAt(school, 'classes', 'k')} cross join schools s
    where s.school_id = ${school.schoolId} and k.data ->> 'classType' = 'homeroom'`,
  );
  await makeTrue(database, TABLES.classes, school.schoolId);
}

/**
 * Scheduled classes: a class or a part of it («5А/1») learning one subject. A group belongs to the class with the code
 * before the slash, if there is exactly one; a group that has ended keeps the class it had, since next year's «5А» is
 * another one (R80).
 */
export async function projectStudyGroups(database: Database, school: SchoolContext): Promise<void> {
  await want(
    database,
    TABLES.groups,
    'school_id, group_id, class_id, title, subject_title, subject_code, is_subgroup, sourced_id, is_active',
    sql`
    with homerooms as (
      select coalesce(k.data ->> 'classCode', k.data ->> 'title') as code,
        (array_agg(k.id order by (k.ended_at is null) desc, k.id))[1] as class_id,
        count(*) filter (where k.ended_at is null) as alive, count(*) as of_all
      from ${recordsAt(school, 'classes', 'k')} where k.data ->> 'classType' = 'homeroom' group by 1
    ),
    groups as (
      select g.*, g.data ->> 'classCode' as code,
        case when g.data ->> 'subjects' is not null then g.data else c.data end as subject, c.data as course
      from ${recordsAt(school, 'classes', 'g')}
      left join ${recordNamed(school, 'courses', `g.data ->> 'courseSourcedId'`, 'c')} on true
      where g.data ->> 'classType' <> 'homeroom'
    ),
    placed as (
      select g.*, case when g.ended_at is not null and known.group_id is not null then known.class_id
        when h.alive = 1 or h.alive = 0 and h.of_all = 1 then h.class_id end as class_id
      from groups g
      left join homerooms h on h.code = split_part(g.code, '/', 1)
      left join study_groups known on known.school_id = ${school.schoolId} and known.group_id = g.id
    )
    select ${school.schoolId}, p.id, p.class_id, fitting(p.data ->> 'title', 300),
      fitting(coalesce(nullif(split_part(p.subject ->> 'subjects', ',', 1), ''), p.course ->> 'title', p.data ->> 'title'), 200),
      fitting(nullif(coalesce(split_part(p.subject ->> 'subjectCodes', ',', 1), p.course ->> 'courseCode'), ''), 50),
      p.class_id is not null and position('/' in p.code) > 0, p.sourced_id, p.ended_at is null
    from placed p`,
  );
  await makeTrue(database, TABLES.groups, school.schoolId);
}
