import {
  academicYearRecorded,
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import type { Fact, FactActor } from '@parta/platform-contract';
import type { Outbox } from '@parta/platform-messaging';
import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { SchoolContext } from './school-context.js';
import { isOpenOn } from '../../schools/open-place.js';

/** Each aggregate's facts as rows (id, data): the one place where rows become published events. */
const SAYINGS: readonly { fact: Fact; rows: (school: SchoolContext) => SqlFragment }[] = [
  { fact: schoolRecorded, rows: schoolRows },
  { fact: academicYearRecorded, rows: yearRows },
  { fact: classRecorded, rows: classRows },
  { fact: studyGroupRecorded, rows: groupRows },
  { fact: staffMemberRecorded, rows: staffRows },
  { fact: guardianRecorded, rows: guardianRows },
  { fact: studentRecorded, rows: studentRows },
];

/**
 * Says every aggregate of the school whose fact differs from the last one said; the version counts them. What is the same
 * is not said again, so a roster pushed twice is silent the second time.
 */
export async function sayWhatChanged(
  database: Database,
  outbox: Outbox,
  school: SchoolContext,
  actor: FactActor,
): Promise<void> {
  for (const { fact, rows } of SAYINGS) {
    const changed = await database.rows<{ id: string; version: number; data: object }>(sql`
      with said as (
        select id, data, sha256(convert_to(data::text, 'UTF8')) as content_hash from (${rows(school)}) as rows
      ),
      changed as (
        insert into published_records as p (school_id, aggregate, aggregate_id, version, content_hash)
        select ${school.schoolId}, ${fact.aggregate}, id, 1, content_hash from said
        on conflict (school_id, aggregate, aggregate_id) do update
        set version = p.version + 1, content_hash = excluded.content_hash
        where p.content_hash <> excluded.content_hash
        returning aggregate_id, version
      )
      select said.id, changed.version, said.data from changed join said on said.id = changed.aggregate_id
      order by said.id`);
    for (const { id, version, data } of changed) {
      outbox.record(
        fact,
        {
          schoolId: school.schoolId,
          aggregateId: id,
          aggregateVersion: version,
          actor,
          occurredAt: school.now,
        },
        data,
      );
    }
  }
}

const personData = sql.trusted(`
  'personId', p.person_id, 'familyName', p.family_name, 'givenName', p.given_name, 'middleName', p.middle_name,
  'username', p.username, 'email', p.email, 'phone', p.phone, 'accessIsEnabled', p.access_is_enabled`);

/**
 * JSON lists by owner: rows (owner, list) to be joined. One pass over the school's rows, where a subquery per owner would
 * be a pass each. `limit` keeps the fact within its contract.
 */
const lists = (of: {
  owner: SqlFragment;
  value: SqlFragment;
  order: SqlFragment;
  from: SqlFragment;
  limit: number;
}) => sql`(
  select owner, jsonb_agg(value order by place) as list from (
    select ${of.owner} as owner, ${of.value} as value,
      row_number() over (partition by ${of.owner} order by ${of.order}) as place
    from ${of.from}) as numbered
  where place <= ${of.limit} group by owner)`;

function schoolRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select school_id as id, jsonb_build_object('schoolId', school_id, 'name', name, 'kind', kind, 'timeZone', time_zone,
      'isActive', is_active, 'sourcedId', d.sourced_id) as data
    from schools join school_directory d using (school_id) where school_id = ${schoolId}`;
}

function yearRows({ schoolId }: SchoolContext): SqlFragment {
  const periods = lists({
    owner: sql`p.academic_year_id`,
    value: sql`jsonb_build_object('periodId', p.period_id, 'title', p.title, 'kind', p.kind, 'startDate', p.start_date,
      'endDate', p.end_date, 'parentId', p.parent_id)`,
    order: sql`p.start_date, p.end_date desc, p.period_id`,
    from: sql`academic_periods p where p.school_id = ${schoolId} and p.is_active`,
    limit: 50,
  });
  return sql`
    select y.academic_year_id as id, jsonb_build_object('academicYearId', y.academic_year_id, 'title', y.title,
      'startDate', y.start_date, 'endDate', y.end_date, 'periods', coalesce(periods.list, '[]')) as data
    from academic_years y left join ${periods} as periods on periods.owner = y.academic_year_id
    where y.school_id = ${schoolId}`;
}

/** Who holds a place in each group now, the main one first. */
const teachers = ({ schoolId, today }: SchoolContext, limit: number) =>
  lists({
    owner: sql`a.group_id`,
    value: sql`a.person_id`,
    order: sql`a.is_main desc, a.from_date, a.person_id`,
    from: sql`(
      select group_id, person_id, bool_or(is_main) as is_main, min(from_date) as from_date from teaching_assignments t
      where school_id = ${schoolId} and ${isOpenOn('t', today)} group by group_id, person_id) as a`,
    limit,
  });

function classRows(school: SchoolContext): SqlFragment {
  return sql`
    select c.class_id as id, jsonb_build_object('classId', c.class_id, 'title', c.title, 'gradeLevel', c.grade_level,
      'kind', c.kind, 'homeroomTeacherIds', coalesce(teachers.list, '[]'), 'isActive', c.is_active) as data
    from classes c left join ${teachers(school, 10)} as teachers on teachers.owner = c.class_id
    where c.school_id = ${school.schoolId}`;
}

function groupRows(school: SchoolContext): SqlFragment {
  return sql`
    select g.group_id as id, jsonb_build_object('groupId', g.group_id, 'classId', g.class_id, 'title', g.title,
      'subjectTitle', g.subject_title, 'subjectCode', g.subject_code, 'isSubgroup', g.is_subgroup,
      'teacherIds', coalesce(teachers.list, '[]'), 'sourcedId', g.sourced_id, 'isActive', g.is_active) as data
    from study_groups g left join ${teachers(school, 20)} as teachers on teachers.owner = g.group_id
    where g.school_id = ${school.schoolId}`;
}

function staffRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select s.person_id as id, jsonb_build_object(${personData}, 'isActive', s.is_active, 'roles', to_jsonb(s.roles)) as data
    from staff_members s join people p using (school_id, person_id) where s.school_id = ${schoolId}`;
}

function guardianRows({ schoolId }: SchoolContext): SqlFragment {
  const children = lists({
    owner: sql`w.guardian_id`,
    value: sql`w.student_id`,
    order: sql`w.student_id`,
    from: sql`guardianships w join students s on s.school_id = w.school_id and s.person_id = w.student_id
      where w.school_id = ${schoolId} and w.is_active and s.is_active`,
    limit: 50,
  });
  return sql`
    select g.person_id as id, jsonb_build_object(${personData}, 'isActive', g.is_active, 'kind', g.kind,
      'studentIds', coalesce(children.list, '[]')) as data
    from guardians g join people p using (school_id, person_id)
    left join ${children} as children on children.owner = g.person_id
    where g.school_id = ${schoolId}`;
}

function studentRows({ schoolId }: SchoolContext): SqlFragment {
  const places = lists({
    owner: sql`e.person_id`,
    value: sql`jsonb_build_object('groupId', e.group_id, 'from', e.from_date, 'to', e.to_date)`,
    order: sql`e.to_date desc nulls first, e.from_date desc nulls last, e.group_id`,
    from: sql`enrolments e where e.school_id = ${schoolId}`,
    limit: 500,
  });
  const guardians = lists({
    owner: sql`w.student_id`,
    value: sql`w.guardian_id`,
    order: sql`w.guardian_id`,
    from: sql`guardianships w where w.school_id = ${schoolId} and w.is_active`,
    limit: 20,
  });
  return sql`
    select s.person_id as id, jsonb_build_object(${personData}, 'isActive', s.is_active, 'birthDate', p.birth_date,
      'sex', p.sex, 'classId', s.class_id, 'gradeLevel', s.grade_level, 'enrolments', coalesce(places.list, '[]'),
      'guardianIds', coalesce(guardians.list, '[]')) as data
    from students s join people p using (school_id, person_id)
    left join ${places} as places on places.owner = s.person_id
    left join ${guardians} as guardians on guardians.owner = s.person_id
    where s.school_id = ${schoolId}`;
}
