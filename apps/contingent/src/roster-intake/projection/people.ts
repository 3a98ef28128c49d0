import { STAFF_ROLES } from '@parta/platform-contract';
import { sql, type Database } from '@parta/platform-persistence';
import { isOpenOn } from '../../schools/open-place.js';
import { gradeLevelOf } from './grades.js';
import { lastsOn } from './last-day.js';
import { itemsOf, recordNamed, recordsAt, recordsOf, type SchoolContext } from './school-context.js';
import { makeTrue, TABLES, want } from './wanted.js';

/** OneRoster's words for what people do in a school. Aides, proctors and district administrators have no part in a journal. */
const ROLE_WORDS: Record<string, string> = {
  principal: 'director',
  siteAdministrator: 'deputy-head',
  systemAdministrator: 'administrator',
  teacher: 'teacher',
  counselor: 'psychologist',
};

/** Roles that OneRoster has no word for come as `ext:<role>`: `ext:secretary`, `ext:nurse`, `ext:social-pedagogue`. */
const roleWords = {
  ...ROLE_WORDS,
  ...Object.fromEntries(STAFF_ROLES.map((role) => [`ext:${role}`, role])),
};

/**
 * Finds everyone who has, or had, to do with the school: by role, by enrolment, and the agents of its students. The
 * temporary table `members` (person_id, sourced_id, ended_at, is_active, is_student, data) is what the rest builds upon.
 */
export async function findMembers(database: Database, school: SchoolContext): Promise<void> {
  await database.run(sql`drop table if exists members`);
  await database.run(sql`
    create temporary table members on commit drop as
    with attached as (
      select user_sourced_id as sourced_id, bool_or(data ->> 'role' = 'student') as is_student
      from (
        select * from ${recordsAt(school, 'roles', 'r')}
        union all
        select * from ${recordsAt(school, 'enrollments', 'e')}
      ) as ties
      group by 1
    ),
    agents as (
      select distinct agent.id as sourced_id
      from attached a cross join ${recordNamed(school, 'users', 'a.sourced_id', 'u')}
        cross join ${itemsOf(`u.data ->> 'agentSourcedIds'`, 'agent(id)')}
      where a.is_student
    ),
    everyone as (
      select sourced_id, bool_or(is_student) as is_student
      from (select * from attached union all select sourced_id, false from agents) as both_kinds
      group by 1
    )
    select u.id as person_id, u.sourced_id, u.ended_at, u.ended_at is null as is_active, e.is_student, u.data
    from everyone e cross join ${recordNamed(school, 'users', 'e.sourced_id', 'u')}`);
  await database.run(sql`create unique index on members (sourced_id)`);
  await database.run(sql`analyze members (sourced_id, person_id, is_student)`);
}

/** Names and contacts. Numbers become E.164; what is no number or address is left out. */
export async function projectPeople(database: Database, school: SchoolContext): Promise<void> {
  await want(
    database,
    TABLES.people,
    'school_id, person_id, family_name, given_name, middle_name, username, email, phone, birth_date, sex, access_is_enabled',
    sql`
    select ${school.schoolId}, m.person_id, fitting(m.data ->> 'familyName', 100), fitting(m.data ->> 'givenName', 100),
      fitting(m.data ->> 'middleName', 100), fitting(m.data ->> 'username', 100), mail_address(m.data ->> 'email'),
      coalesce(e164(m.data ->> 'sms'), e164(m.data ->> 'phone')), (d.data ->> 'birthDate')::date,
      case when d.data ->> 'sex' in ('male', 'female') then d.data ->> 'sex' end,
      m.data ->> 'enabledUser' = 'true'
    from members m
    left join ${recordNamed(school, 'demographics', 'm.sourced_id', 'd')} on d.ended_at is null`,
  );
  await makeTrue(database, TABLES.people, school.schoolId);
}

/** Staff: whoever holds or held a role of the staff, or teaches. */
export async function projectStaff(database: Database, school: SchoolContext): Promise<void> {
  const ties = sql`
    select r.user_sourced_id, words.role,
      r.ended_at is null and ${lastsOn('r', school.today)} as lasts
    from ${recordsAt(school, 'roles', 'r')}
    join jsonb_each_text(${JSON.stringify(roleWords)}::jsonb) as words(word, role) on words.word = r.data ->> 'role'
    union all
    select e.user_sourced_id, 'teacher', e.ended_at is null and ${lastsOn('e', school.today)}
    from ${recordsAt(school, 'enrollments', 'e')} where e.data ->> 'role' = 'teacher'`;
  await want(
    database,
    TABLES.staff,
    'school_id, person_id, roles, is_active',
    sql`
    select ${school.schoolId}, m.person_id,
      coalesce(array_agg(distinct ties.role order by ties.role) filter (where ties.lasts), '{}'),
      m.is_active and bool_or(ties.lasts)
    from (${ties}) as ties join members m on m.sourced_id = ties.user_sourced_id
    group by m.person_id, m.is_active`,
  );
  await makeTrue(database, TABLES.staff, school.schoolId);
}

/**
 * Students and the class they are in: the homeroom they are enrolled in now, or the one they will begin with. Comes after
 * the enrolments.
 */
export async function projectStudents(database: Database, school: SchoolContext): Promise<void> {
  await want(
    database,
    TABLES.students,
    'school_id, person_id, class_id, grade_level, is_active',
    sql`
    select ${school.schoolId}, m.person_id, home.class_id, ${gradeLevelOf('m')},
      m.is_active and (
        m.person_id in (select e.person_id from enrolments e
          where e.school_id = ${school.schoolId} and ${isOpenOn('e', school.today)})
        or m.sourced_id in (select r.user_sourced_id from ${recordsAt(school, 'roles', 'r')}
          where r.data ->> 'role' = 'student' and r.ended_at is null
            and ${lastsOn('r', school.today)}))
    from members m
    left join (
      select distinct on (e.person_id) e.person_id, k.class_id from enrolments e
      join classes k on k.school_id = e.school_id and k.class_id = e.group_id
      where e.school_id = ${school.schoolId} and ${isOpenOn('e', school.today)}
      order by e.person_id, coalesce(e.from_date <= ${school.today}::date, true) desc, e.from_date desc nulls last,
        k.class_id) as home using (person_id)
    where m.is_student`,
  );
  await makeTrue(database, TABLES.students, school.schoolId);
}

/** Guardians and whose they are; a guardian without a child in the school is none of it. Comes after the students. */
export async function projectGuardians(database: Database, school: SchoolContext): Promise<void> {
  await want(
    database,
    TABLES.guardianships,
    'school_id, student_id, guardian_id, is_active',
    sql`
    select distinct ${school.schoolId}::uuid, student.person_id, g.person_id, student.is_active and g.is_active
    from members student cross join ${itemsOf(`student.data ->> 'agentSourcedIds'`, 'agent(id)')}
    join members g on g.sourced_id = agent.id
    where student.is_student`,
  );
  await makeTrue(database, TABLES.guardianships, school.schoolId);
  await want(
    database,
    TABLES.guardians,
    'school_id, person_id, kind, is_active',
    sql`
    select ${school.schoolId}, g.person_id, coalesce(kin.kind, 'guardian'), g.is_active and exists (
      select 1 from guardianships w join students s on s.school_id = w.school_id and s.person_id = w.student_id
      where w.school_id = ${school.schoolId} and w.guardian_id = g.person_id and w.is_active and s.is_active)
    from members g
    left join lateral (
      select r.data ->> 'role' as kind from ${recordsOf(school, 'roles', 'r')}
      where r.user_sourced_id = g.sourced_id and r.data ->> 'role' in ('parent', 'guardian', 'relative')
      order by (r.school_sourced_id = ${school.sourcedId}) desc, (r.ended_at is null) desc, r.data ->> 'roleType', r.sourced_id
      limit 1) as kin on true
    where g.person_id in (select guardian_id from wanted_guardianships)`,
  );
  await makeTrue(database, TABLES.guardians, school.schoolId);
}
