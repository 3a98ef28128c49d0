import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';
import { PERSON_GRANTS } from './person-grants.js';

/*
 * Accounts belong to the region, because one may be of several schools' persons; accounts, sessions, clients and the
 * locators (which name a school and nothing else) are therefore outside row-level security. Everything that says
 * something about a school's people is under it.
 */
const DIRECTORY = [
  `create table identity.schools (
    school_id uuid primary key,
    name text not null,
    kind text not null,
    time_zone text not null,
    is_active boolean not null,
    version bigint not null
  )`,
  `create table identity.classes (
    school_id uuid not null,
    class_id uuid not null,
    title text not null,
    grade_level int,
    kind text not null,
    homeroom_teacher_ids uuid[] not null,
    is_active boolean not null,
    version bigint not null,
    primary key (school_id, class_id)
  )`,
  // One id may be a teacher's and a parent's: each kind is a record of its own with its own version.
  `create table identity.people (
    school_id uuid not null,
    person_id uuid not null,
    kind text not null,
    family_name text not null,
    given_name text not null,
    middle_name text,
    username text,
    is_active boolean not null,
    access_is_enabled boolean not null,
    roster_roles text[] not null default '{}',
    class_id uuid,
    guardian_kind text,
    version bigint not null,
    search_text text not null generated always as
      (replace(lower(family_name || ' ' || given_name || ' ' || coalesce(middle_name, '')), 'ё', 'е')) stored,
    primary key (school_id, person_id, kind)
  )`,
  `create index people_class on identity.people (school_id, class_id) where kind = 'student'`,
  `create index people_name on identity.people (school_id, family_name, given_name)`,
  // Both records name each other. A tie counts while both do: whichever is corrected first ends it.
  `create table identity.guardianships (
    school_id uuid not null,
    student_id uuid not null,
    guardian_id uuid not null,
    named_by_student boolean not null default false,
    named_by_guardian boolean not null default false,
    primary key (school_id, student_id, guardian_id)
  )`,
  `create index guardianships_guardian on identity.guardianships (school_id, guardian_id)`,
  `create table identity.person_locations (
    person_id uuid not null,
    school_id uuid not null,
    primary key (person_id, school_id)
  )`,
];

const ACCOUNTS = [
  `create table identity.accounts (
    id uuid primary key,
    login text not null,
    login_key text not null unique,
    password_hash text not null,
    must_change_password boolean not null,
    password_changed_at timestamptz not null,
    is_blocked boolean not null default false,
    is_regional_operator boolean not null default false,
    own_family_name text,
    own_given_name text,
    school_ids uuid[] not null default '{}',
    created_at timestamptz not null,
    last_sign_in_at timestamptz,
    version int not null default 1
  )`,
  `create index accounts_operator on identity.accounts (id) where is_regional_operator`,
  `create table identity.account_people (
    school_id uuid not null,
    person_id uuid not null,
    account_id uuid not null references identity.accounts (id),
    since timestamptz not null,
    primary key (school_id, person_id)
  )`,
  `create index account_people_account on identity.account_people (account_id, school_id)`,
  // What people type into the login field may be anything, a password too: only its hash is kept.
  `create table identity.sign_in_failures (
    login_hash bytea primary key,
    failures int not null,
    locked_until timestamptz,
    last_failure_at timestamptz not null
  )`,
  `create index sign_in_failures_age on identity.sign_in_failures (last_failure_at)`,
  `create table identity.account_events (
    id uuid primary key,
    at timestamptz not null,
    what text not null,
    account_id uuid,
    school_id uuid,
    person_id uuid,
    by_account_id uuid,
    by_name text,
    address text,
    reason text
  )`,
  `create index account_events_account on identity.account_events (account_id, at)`,
  `create index account_events_age on identity.account_events (at)`,
  `create table identity.sessions (
    id uuid primary key,
    account_id uuid not null references identity.accounts (id),
    token_hash bytea not null,
    previous_token_hash bytea,
    rotated_at timestamptz not null,
    started_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    address text,
    user_agent text,
    ended_at timestamptz,
    end_reason text
  )`,
  `create index sessions_open on identity.sessions (account_id) where ended_at is null`,
  `create index sessions_age on identity.sessions (expires_at)`,
];

const INVITATIONS = [
  `create table identity.invitations (
    school_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    issued_at timestamptz not null,
    issued_by uuid not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    voided_at timestamptz,
    primary key (school_id, id)
  )`,
  `create index invitations_open on identity.invitations (school_id, person_id)
    where used_at is null and voided_at is null`,
  // The holder of a code is nobody yet and has no school: this says in which one to look.
  `create table identity.invitation_codes (
    code_hash bytea primary key,
    school_id uuid not null,
    invitation_id uuid not null
  )`,
];

const GRANTS = [
  `create table identity.grants (
    school_id uuid not null,
    id uuid not null,
    person_id uuid not null,
    role text not null,
    order_number text,
    order_date date,
    granted_at timestamptz not null,
    granted_by uuid not null,
    revoked_at timestamptz,
    revoked_by uuid,
    version int not null default 1,
    primary key (school_id, id)
  )`,
  `create unique index grants_once on identity.grants (school_id, person_id, role) where revoked_at is null`,
];

const CLIENTS = [
  `create table identity.clients (
    id uuid primary key,
    name text not null,
    scopes text[] not null,
    secret_hash bytea not null,
    is_blocked boolean not null default false,
    registered_at timestamptz not null,
    registered_by uuid not null,
    last_token_at timestamptz,
    version int not null default 1
  )`,
];

export class InitialSchema extends Migration {
  override up(): void {
    const ofSchools = [
      'schools',
      'classes',
      'people',
      'guardianships',
      'account_people',
      'invitations',
      'grants',
    ];
    for (const statement of [
      ...platformTables('identity'),
      ...DIRECTORY,
      ...ACCOUNTS,
      ...INVITATIONS,
      ...GRANTS,
      ...CLIENTS,
      ...ofSchools.flatMap((table) => enableRowLevelSecurity('identity', table)),
      ...PERSON_GRANTS,
    ])
      this.addSql(statement);
  }
}
