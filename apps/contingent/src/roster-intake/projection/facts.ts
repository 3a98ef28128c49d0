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

/** A JSON list of a column; an empty list when there is nothing. `limit` keeps the fact within its contract. */
const list = (rows: SqlFragment, limit: number) => sql`
  coalesce((select jsonb_agg(v order by n) from (
    select v, row_number() over () as n from (${rows}) as ordered limit ${limit}) as numbered), '[]')`;

function schoolRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select school_id as id, jsonb_build_object('schoolId', school_id, 'name', name, 'kind', kind, 'timeZone', time_zone,
      'isActive', is_active) as data
    from schools where school_id = ${schoolId}`;
}

function yearRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select y.academic_year_id as id, jsonb_build_object('academicYearId', y.academic_year_id, 'title', y.title,
      'startDate', y.start_date, 'endDate', y.end_date, 'periods', ${list(
        sql`select jsonb_build_object('periodId', p.period_id, 'title', p.title, 'kind', p.kind, 'startDate', p.start_date,
            'endDate', p.end_date, 'parentId', p.parent_id) as v
          from academic_periods p
          where p.school_id = y.school_id and p.academic_year_id = y.academic_year_id and p.is_active
          order by p.start_date, p.end_date desc, p.period_id`,
        50,
      )}) as data
    from academic_years y where y.school_id = ${schoolId}`;
}

/** Who holds a place in the group now, the main one first. */
const teachersOf = ({ today }: SchoolContext, group: string, limit: number) =>
  list(
    sql`select a.person_id as v from teaching_assignments a
      where a.school_id = g.school_id and a.group_id = ${sql.trusted(group)}
        and coalesce(a.to_date > ${today}::date, true)
      group by a.person_id order by bool_or(a.is_main) desc, min(a.from_date), a.person_id`,
    limit,
  );

function classRows(school: SchoolContext): SqlFragment {
  return sql`
    select g.class_id as id, jsonb_build_object('classId', g.class_id, 'title', g.title, 'gradeLevel', g.grade_level,
      'kind', g.kind, 'homeroomTeacherIds', ${teachersOf(school, 'g.class_id', 10)}, 'isActive', g.is_active) as data
    from classes g where g.school_id = ${school.schoolId}`;
}

function groupRows(school: SchoolContext): SqlFragment {
  return sql`
    select g.group_id as id, jsonb_build_object('groupId', g.group_id, 'classId', g.class_id, 'title', g.title,
      'subjectTitle', g.subject_title, 'subjectCode', g.subject_code, 'isSubgroup', g.is_subgroup,
      'teacherIds', ${teachersOf(school, 'g.group_id', 20)}, 'sourcedId', g.sourced_id, 'isActive', g.is_active) as data
    from study_groups g where g.school_id = ${school.schoolId}`;
}

function staffRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select s.person_id as id, jsonb_build_object(${personData}, 'isActive', s.is_active, 'roles', to_jsonb(s.roles)) as data
    from staff_members s join people p using (school_id, person_id) where s.school_id = ${schoolId}`;
}

function guardianRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select g.person_id as id, jsonb_build_object(${personData}, 'isActive', g.is_active, 'kind', g.kind,
      'studentIds', ${list(
        sql`select w.student_id as v from guardianships w
          join students s on s.school_id = w.school_id and s.person_id = w.student_id
          where w.school_id = g.school_id and w.guardian_id = g.person_id and w.is_active and s.is_active
          order by w.student_id`,
        50,
      )}) as data
    from guardians g join people p using (school_id, person_id) where g.school_id = ${schoolId}`;
}

function studentRows({ schoolId }: SchoolContext): SqlFragment {
  return sql`
    select s.person_id as id, jsonb_build_object(${personData}, 'isActive', s.is_active, 'birthDate', p.birth_date,
      'sex', p.sex, 'classId', s.class_id,
      'enrolments', ${list(
        sql`select jsonb_build_object('groupId', e.group_id, 'from', e.from_date, 'to', e.to_date) as v
          from enrolments e where e.school_id = s.school_id and e.person_id = s.person_id
          order by e.to_date desc nulls first, e.from_date desc nulls last, e.group_id`,
        500,
      )},
      'guardianIds', ${list(
        sql`select w.guardian_id as v from guardianships w
          where w.school_id = s.school_id and w.student_id = s.person_id and w.is_active order by w.guardian_id`,
        20,
      )}) as data
    from students s join people p using (school_id, person_id) where s.school_id = ${schoolId}`;
}
