import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity, platformTables } from '@parta/platform-persistence';

const SCHEMA = 'curriculum';

/** Directory, school years, timetable, lessons, thematic plans. */
export class CurriculumInitialSchema extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SCHEMA),
      // The list of tenants itself: a region's timetable is about several schools, and finds them here.
      `create table schools (
        school_id uuid primary key, name text not null, kind text not null, time_zone text not null, version int not null
      )`,
      `create table classes (
        school_id uuid not null, id uuid not null, title text not null, grade_level int, is_active boolean not null,
        version int not null, primary key (school_id, id)
      )`,
      `create table study_groups (
        school_id uuid not null, id uuid not null, class_id uuid, title text not null, subject_title text not null,
        is_subgroup boolean not null, teacher_ids uuid[] not null, sourced_id text not null, is_active boolean not null,
        version int not null, primary key (school_id, id)
      )`,
      `create index study_groups_sourced_id on study_groups (school_id, sourced_id)`,
      `create table teachers (
        school_id uuid not null, id uuid not null, name text not null, version int not null, primary key (school_id, id)
      )`,
      `create table school_years (
        school_id uuid not null, id uuid not null, title text not null, start_date date not null, end_date date not null,
        periods jsonb not null, bells jsonb not null, source_version int not null, version int not null,
        primary key (school_id, id)
      )`,
      `create table days_off (
        school_id uuid not null, date date not null, kind text not null, title text not null, primary key (school_id, date)
      )`,
      `create table school_day_transfers (
        school_id uuid not null, date date not null, weekday int not null, primary key (school_id, date)
      )`,
      `create table timetable_slots (
        school_id uuid not null, group_id uuid not null, weekday int not null, lesson_number int not null, room text,
        primary key (school_id, group_id, weekday, lesson_number)
      )`,
      `create table lessons (
        school_id uuid not null, id uuid not null, group_id uuid not null, academic_year_id uuid not null, date date not null,
        lesson_number int not null, starts_at text not null, ends_at text not null, room text, teacher_id uuid,
        removed_at timestamptz, primary key (school_id, id)
      )`,
      `create unique index lessons_slot on lessons (school_id, group_id, date, lesson_number) where removed_at is null`,
      `create table lesson_lists (
        school_id uuid not null, group_id uuid not null, version int not null, primary key (school_id, group_id)
      )`,
      `create table thematic_plans (
        school_id uuid not null, group_id uuid not null, lessons jsonb not null, version int not null,
        primary key (school_id, group_id)
      )`,
      ...[
        'classes',
        'study_groups',
        'teachers',
        'school_years',
        'days_off',
        'school_day_transfers',
        'timetable_slots',
        'lessons',
        'lesson_lists',
        'thematic_plans',
      ].flatMap((table) => enableRowLevelSecurity(SCHEMA, table)),
    ]) {
      this.addSql(statement);
    }
  }
}
