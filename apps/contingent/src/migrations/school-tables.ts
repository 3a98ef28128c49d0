import { enableRowLevelSecurity } from '@parta/platform-persistence';

const TABLES = [
  'schools',
  'academic_years',
  'academic_periods',
  'classes',
  'study_groups',
  'people',
  'staff_members',
  'students',
  'guardians',
  'guardianships',
  'enrolments',
  'teaching_assignments',
];

/** What a school owns. Keys lead with the school; nothing is deleted, what has ended says so. */
export const schoolTables = (schema: string): string[] => [
  `create table ${schema}.schools (
    school_id uuid primary key,
    name text not null,
    kind text not null check (kind in ('school', 'college')),
    identifier text,
    time_zone text not null,
    is_active boolean not null
  )`,
  `create table ${schema}.academic_years (
    school_id uuid not null,
    academic_year_id uuid not null,
    title text not null,
    start_date date not null,
    end_date date not null,
    primary key (school_id, academic_year_id)
  )`,
  `create table ${schema}.academic_periods (
    school_id uuid not null,
    academic_year_id uuid not null,
    period_id uuid not null,
    title text not null,
    kind text not null check (kind in ('quarter', 'trimester', 'half-year', 'semester')),
    start_date date not null,
    end_date date not null,
    parent_id uuid,
    is_active boolean not null,
    primary key (school_id, academic_year_id, period_id)
  )`,
  `create table ${schema}.classes (
    school_id uuid not null,
    class_id uuid not null,
    title text not null,
    grade_level int,
    kind text not null check (kind in ('class', 'college-group')),
    is_active boolean not null,
    primary key (school_id, class_id)
  )`,
  `create table ${schema}.study_groups (
    school_id uuid not null,
    group_id uuid not null,
    class_id uuid,
    title text not null,
    subject_title text not null,
    subject_code text,
    is_subgroup boolean not null,
    sourced_id text not null,
    is_active boolean not null,
    primary key (school_id, group_id)
  )`,
  `create index study_groups_of_class on ${schema}.study_groups (school_id, class_id)`,
  `create table ${schema}.people (
    school_id uuid not null,
    person_id uuid not null,
    family_name text not null,
    given_name text not null,
    middle_name text,
    username text,
    email text,
    phone text,
    birth_date date,
    sex text check (sex in ('male', 'female')),
    access_is_enabled boolean not null,
    primary key (school_id, person_id)
  )`,
  `create table ${schema}.staff_members (
    school_id uuid not null,
    person_id uuid not null,
    roles text[] not null,
    is_active boolean not null,
    primary key (school_id, person_id)
  )`,
  `create table ${schema}.students (
    school_id uuid not null,
    person_id uuid not null,
    class_id uuid,
    is_active boolean not null,
    primary key (school_id, person_id)
  )`,
  `create table ${schema}.guardians (
    school_id uuid not null,
    person_id uuid not null,
    kind text not null check (kind in ('parent', 'guardian', 'relative')),
    is_active boolean not null,
    primary key (school_id, person_id)
  )`,
  `create table ${schema}.guardianships (
    school_id uuid not null,
    student_id uuid not null,
    guardian_id uuid not null,
    is_active boolean not null,
    primary key (school_id, student_id, guardian_id)
  )`,
  `create index guardianships_of_guardian on ${schema}.guardianships (school_id, guardian_id)`,
  ...placesOf(schema, 'enrolments', ''),
  ...placesOf(schema, 'teaching_assignments', 'is_main boolean not null,'),
  ...TABLES.flatMap((table) => enableRowLevelSecurity('contingent', table)),
];

/**
 * A person's places in groups. The group and the person are part of the key: an enrolment that the sender moves to
 * another class keeps its old place, ended, beside the new one.
 */
function placesOf(schema: string, table: string, more: string): string[] {
  return [
    `create table ${schema}.${table} (
      school_id uuid not null,
      enrolment_id uuid not null,
      group_id uuid not null,
      person_id uuid not null,
      ${more}
      from_date date,
      declared_from date,
      to_date date,
      primary key (school_id, enrolment_id, group_id, person_id)
    )`,
    `create index ${table}_of_group on ${schema}.${table} (school_id, group_id)`,
    `create index ${table}_of_person on ${schema}.${table} (school_id, person_id)`,
  ];
}
