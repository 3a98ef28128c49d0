import { enableRowLevelSecurity } from '@parta/platform-persistence';

/**
 * What the exchange keeps: packages on their way, and each sending system's records as it last gave them.
 *
 * Jobs and sources belong to the region, not to a school. `source_records` is under row-level security by its source:
 * a unit of work sees the records of the sources it names among its schools, so no request of a school's person does.
 */
export const rosterTables = (schema: string): string[] => [
  `create table ${schema}.roster_jobs (
    id uuid primary key,
    state text not null check (state in ('queued', 'running', 'validated', 'applied', 'parked', 'refused')),
    progress int not null default 0,
    is_dry_run boolean not null,
    upload_id uuid not null,
    sha256 text not null,
    size bigint not null,
    source_system text,
    submitter_kind text not null check (submitter_kind in ('account', 'client')),
    submitter_id text not null,
    submitter_name text not null,
    correlation_id text not null,
    submitted_at timestamptz not null,
    finished_at timestamptz,
    attempts int not null default 0,
    run_after timestamptz not null default now(),
    lease_token uuid,
    lease_until timestamptz,
    counts jsonb not null,
    records jsonb not null default '{}',
    reason text,
    error_count int not null default 0,
    decision text check (decision in ('apply', 'refuse')),
    decision_reason text,
    decided_by text,
    decided_at timestamptz
  )`,
  `create index roster_jobs_open on ${schema}.roster_jobs (submitted_at, id) where state in ('queued', 'running')`,
  `create index roster_jobs_newest on ${schema}.roster_jobs (submitted_at desc, id)`,
  `create index roster_jobs_of_submitter on ${schema}.roster_jobs (submitter_id, submitted_at desc)`,

  `create table ${schema}.roster_job_errors (
    job_id uuid not null references ${schema}.roster_jobs (id),
    position int not null,
    file text not null,
    row_number int,
    field text,
    code text not null,
    message text not null,
    primary key (job_id, position)
  )`,

  `create table ${schema}.roster_sources (
    id uuid primary key,
    code text not null unique,
    client_id text
  )`,

  `create table ${schema}.source_records (
    source_id uuid not null,
    entity text not null,
    sourced_id text not null,
    id uuid not null,
    data jsonb not null,
    content_hash bytea not null,
    last_modified timestamptz,
    ended_at timestamptz,
    school_sourced_id text generated always as (coalesce(data ->> 'schoolSourcedId', data ->> 'orgSourcedId')) stored,
    user_sourced_id text generated always as (data ->> 'userSourcedId') stored,
    primary key (source_id, entity, sourced_id)
  )`,
  `create index source_records_of_school on ${schema}.source_records (source_id, school_sourced_id, entity)
    where school_sourced_id is not null`,
  `create index source_records_of_user on ${schema}.source_records (source_id, user_sourced_id, entity)
    where user_sourced_id is not null`,
  ...enableRowLevelSecurity('contingent', 'source_records', 'source_id'),

  // Which schools there are and whose they are: ids alone, so that a unit of work can be given its schools.
  `create table ${schema}.school_directory (
    school_id uuid primary key,
    source_id uuid not null,
    sourced_id text not null,
    unique (source_id, sourced_id)
  )`,

  // What was last said of each aggregate: versions and hashes, no personal data; the intake reads it across schools.
  `create table ${schema}.published_records (
    school_id uuid not null,
    aggregate text not null,
    aggregate_id uuid not null,
    version int not null,
    content_hash bytea not null,
    primary key (school_id, aggregate, aggregate_id)
  )`,
  `create index published_records_by_aggregate on ${schema}.published_records (aggregate_id)`,
];
