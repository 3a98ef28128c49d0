import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';

const SCHEMA = 'reporting';

const TABLES = {
  school_years: `school_id uuid not null, id uuid not null, title text not null, start_date date not null, end_date date not null,
    periods jsonb not null, version int not null, primary key (school_id, id)`,
  classes: `school_id uuid not null, id uuid not null, title text not null, grade_level int, homeroom_teacher_ids uuid[] not null,
    is_active boolean not null, version int not null, primary key (school_id, id)`,
  study_groups: `school_id uuid not null, id uuid not null, class_id uuid, title text not null, subject_title text not null,
    teacher_ids uuid[] not null, is_active boolean not null, version int not null, primary key (school_id, id)`,
  staff: `school_id uuid not null, id uuid not null, family_name text not null, given_name text not null, middle_name text,
    roles text[] not null, is_active boolean not null, version int not null, primary key (school_id, id)`,
  students: `school_id uuid not null, id uuid not null, family_name text not null, given_name text not null,
    enrolments jsonb not null, version int not null, primary key (school_id, id)`,
  lesson_lists: `school_id uuid not null, group_id uuid not null, academic_year_id uuid not null, lessons jsonb not null,
    version int not null, primary key (school_id, group_id, academic_year_id)`,
  lesson_descriptions: `school_id uuid not null, lesson_id uuid not null, group_id uuid not null, date date not null, topic text,
    homework text, no_homework boolean not null, individual jsonb not null, version int not null,
    primary key (school_id, lesson_id)`,
  marks: `school_id uuid not null, id uuid not null, group_id uuid not null, student_id uuid not null, lesson_id uuid not null,
    date date not null, subject_title text not null, value text not null, numeric_value numeric(5,2), weight numeric(5,2) not null,
    is_annulled boolean not null, recorded_at timestamptz not null, version int not null, primary key (school_id, id)`,
  attendance: `school_id uuid not null, id uuid not null, group_id uuid not null, student_id uuid not null,
    lesson_id uuid not null, date date not null, code text, version int not null, primary key (school_id, id)`,
  report_jobs: `school_id uuid not null, id uuid not null, kind text not null, group_id uuid, class_id uuid, title text not null,
    period_title text, from_date date not null, to_date date not null, state text not null, progress int not null default 0,
    ordered_by uuid not null, ordered_by_name text not null, ordered_at timestamptz not null, correlation_id text not null,
    finished_at timestamptz, expires_at timestamptz, file_id uuid, file_name text, size bigint, error_code text,
    primary key (school_id, id)`,
};

/** What waits or is being made, by ids alone: workers look for it across the schools. */
const QUEUE = `create table report_queue (job_id uuid primary key, school_id uuid not null, queued_at timestamptz not null,
  run_after timestamptz not null default now(), attempts int not null default 0, lease_token uuid, lease_until timestamptz)`;

const INDEXES = [
  'create index students_by_enrolment on students using gin (enrolments jsonb_path_ops)',
  'create index marks_of_group on marks (school_id, group_id, date) where not is_annulled',
  'create index marks_of_student on marks (school_id, student_id, date) where not is_annulled',
  'create index attendance_of_group on attendance (school_id, group_id, date) where code is not null',
  'create index attendance_of_student on attendance (school_id, student_id, date) where code is not null',
  'create index report_jobs_by_time on report_jobs (school_id, ordered_at desc)',
];

/** Reports and the copy of the school they are made from; all but the jobs can be built anew from the facts. */
export class ReportingInitialSchema extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SCHEMA),
      // The list of tenants itself.
      'create table schools (school_id uuid primary key, name text not null, time_zone text not null, version int not null)',
      ...Object.entries(TABLES).map(([name, columns]) => `create table ${name} (${columns})`),
      QUEUE,
      ...INDEXES,
      ...Object.keys(TABLES).flatMap((table) => enableRowLevelSecurity(SCHEMA, table)),
    ]) {
      this.addSql(statement);
    }
  }
}
