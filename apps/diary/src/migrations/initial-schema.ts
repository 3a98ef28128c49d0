import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';

const SCHEMA = 'diary';

const TABLES = {
  school_years: `school_id uuid not null, id uuid not null, start_date date not null, end_date date not null,
    periods jsonb not null, days_off jsonb not null, version int not null, primary key (school_id, id)`,
  classes: `school_id uuid not null, id uuid not null, title text not null, grade_level int,
    homeroom_teacher_ids uuid[] not null, version int not null, primary key (school_id, id)`,
  study_groups: `school_id uuid not null, id uuid not null, subject_title text not null, teacher_ids uuid[] not null,
    version int not null, primary key (school_id, id)`,
  staff: `school_id uuid not null, id uuid not null, name text not null, version int not null, primary key (school_id, id)`,
  students: `school_id uuid not null, id uuid not null, name text not null, class_id uuid, version int not null,
    primary key (school_id, id)`,
  enrolments: `school_id uuid not null, student_id uuid not null, group_id uuid not null, from_date date not null,
    to_date date, primary key (school_id, student_id, group_id, from_date)`,
  lesson_lists: `school_id uuid not null, group_id uuid not null, version int not null, primary key (school_id, group_id)`,
  lessons: `school_id uuid not null, id uuid not null, group_id uuid not null, date date not null, lesson_number int not null,
    starts_at text not null, ends_at text not null, room text, teacher_id uuid, is_removed boolean not null default false,
    primary key (school_id, id)`,
  lesson_descriptions: `school_id uuid not null, lesson_id uuid not null, topic text, homework text,
    no_homework boolean not null, homework_due date, individual jsonb not null, comment_for_families text,
    version int not null, primary key (school_id, lesson_id)`,
  marks: `school_id uuid not null, id uuid not null, student_id uuid not null, lesson_id uuid not null, date date not null,
    subject_title text not null, value text not null, numeric_value numeric(5,2), work_type_title text not null,
    weight numeric(5,2) not null, comment text, previous_value text, is_annulled boolean not null,
    recorded_at timestamptz not null, version int not null, primary key (school_id, id)`,
  attendance: `school_id uuid not null, id uuid not null, student_id uuid not null, lesson_id uuid not null, date date not null,
    subject_title text not null, code text, minutes_late int, reason text, version int not null, primary key (school_id, id)`,
};

const INDEXES = [
  'create index enrolments_of_group on enrolments (school_id, group_id)',
  'create index lessons_of_group on lessons (school_id, group_id, date) where not is_removed',
  'create index marks_of_student on marks (school_id, student_id, date)',
  'create index attendance_of_student on attendance (school_id, student_id, date)',
];

/** The family's read model; every table can be built anew from the facts. */
export class DiaryInitialSchema extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SCHEMA),
      // The list of tenants itself.
      'create table schools (school_id uuid primary key, kind text not null, time_zone text not null, version int not null)',
      ...Object.entries(TABLES).map(([name, columns]) => `create table ${name} (${columns})`),
      ...INDEXES,
      ...Object.keys(TABLES).flatMap((table) => enableRowLevelSecurity(SCHEMA, table)),
    ]) {
      this.addSql(statement);
    }
  }
}
