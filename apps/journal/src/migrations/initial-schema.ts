import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';

const SCHEMA = 'journal';

const TABLES = {
  classes: `school_id uuid not null, id uuid not null, title text not null, grade_level int,
    homeroom_teacher_ids uuid[] not null, is_active boolean not null, version int not null, primary key (school_id, id)`,
  study_groups: `school_id uuid not null, id uuid not null, class_id uuid, title text not null, subject_title text not null,
    teacher_ids uuid[] not null, is_active boolean not null, version int not null, primary key (school_id, id)`,
  staff: `school_id uuid not null, id uuid not null, name text not null, version int not null, primary key (school_id, id)`,
  students: `school_id uuid not null, id uuid not null, family_name text not null, given_name text not null, class_id uuid,
    is_active boolean not null, version int not null, primary key (school_id, id)`,
  enrolments: `school_id uuid not null, group_id uuid not null, student_id uuid not null, from_date date not null,
    to_date date, primary key (school_id, group_id, student_id, from_date)`,
  policies: `school_id uuid primary key, current_entry_deadline time not null default '18:00',
    written_work_days int not null default 7, entry_window_days int not null default 14`,
  work_types: `school_id uuid not null, id uuid not null, title text not null, short_code text not null,
    weight numeric(5,2) not null, is_written boolean not null, position int not null, primary key (school_id, id)`,
  thematic_plans: `school_id uuid not null, group_id uuid not null, lessons jsonb not null, version int not null,
    primary key (school_id, group_id)`,
  lesson_lists: `school_id uuid not null, group_id uuid not null, version int not null, primary key (school_id, group_id)`,
  lessons: `school_id uuid not null, id uuid not null, group_id uuid not null, date date not null, lesson_number int not null,
    starts_at text not null, ends_at text not null, room text, teacher_id uuid, is_removed boolean not null default false,
    topic text, work_type_id uuid, homework text, no_homework boolean not null default false, homework_due date,
    comment_for_families text, description_version int not null default 0, primary key (school_id, id)`,
  individual_homework: `school_id uuid not null, lesson_id uuid not null, student_id uuid not null, text text not null,
    primary key (school_id, lesson_id, student_id)`,
  cells: `school_id uuid not null, lesson_id uuid not null, student_id uuid not null, id uuid not null, version int not null,
    attendance text, minutes_late int, absence_reason text, primary key (school_id, lesson_id, student_id)`,
  marks: `school_id uuid not null, id uuid not null, lesson_id uuid not null, student_id uuid not null, value text not null,
    numeric_value numeric(5,2), work_type_id uuid not null, comment text, is_late boolean not null,
    recorded_at timestamptz not null, annulled_at timestamptz, version int not null, primary key (school_id, id)`,
  changes: `school_id uuid not null, id uuid not null, lesson_id uuid not null, student_id uuid, mark_id uuid,
    subject text not null, before text, after text, reason text, is_late boolean not null, changed_at timestamptz not null,
    account_id uuid not null, person_id uuid, changed_by text not null, primary key (school_id, id)`,
};

const INDEXES = [
  'create index enrolments_of_student on enrolments (school_id, student_id)',
  'create index study_groups_of_class on study_groups (school_id, class_id)',
  'create index students_of_class on students (school_id, class_id)',
  'create index lessons_of_group on lessons (school_id, group_id, date) where not is_removed',
  'create index lessons_of_teacher on lessons (school_id, teacher_id, date) where not is_removed',
  'create index lessons_of_day on lessons (school_id, date) where not is_removed',
  'create index marks_of_cell on marks (school_id, lesson_id, student_id)',
  'create index changes_of_lesson on changes (school_id, lesson_id, student_id)',
];

/** Directory, lessons, cells, marks and their history. */
export class JournalInitialSchema extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SCHEMA),
      // The list of tenants itself.
      'create table schools (school_id uuid primary key, name text not null, time_zone text not null, version int not null)',
      ...Object.entries(TABLES).map(([name, columns]) => `create table ${name} (${columns})`),
      ...INDEXES,
      ...Object.keys(TABLES).flatMap((table) => enableRowLevelSecurity(SCHEMA, table)),
    ]) {
      this.addSql(statement);
    }
  }
}
