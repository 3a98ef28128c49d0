import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';

/** A table of the school and what is to be compared in it. */
export interface ProjectedTable {
  name: string;
  key: readonly string[];
  values: readonly string[];
}

export const TABLES = {
  schools: {
    name: 'schools',
    key: ['school_id'],
    values: ['name', 'kind', 'identifier', 'time_zone', 'is_active'],
  },
  years: {
    name: 'academic_years',
    key: ['school_id', 'academic_year_id'],
    values: ['title', 'start_date', 'end_date'],
  },
  periods: {
    name: 'academic_periods',
    key: ['school_id', 'academic_year_id', 'period_id'],
    values: ['title', 'kind', 'start_date', 'end_date', 'parent_id', 'is_active'],
  },
  classes: {
    name: 'classes',
    key: ['school_id', 'class_id'],
    values: ['title', 'grade_level', 'kind', 'is_active'],
  },
  groups: {
    name: 'study_groups',
    key: ['school_id', 'group_id'],
    values: ['class_id', 'title', 'subject_title', 'subject_code', 'is_subgroup', 'sourced_id', 'is_active'],
  },
  people: {
    name: 'people',
    key: ['school_id', 'person_id'],
    values: [
      'family_name',
      'given_name',
      'middle_name',
      'username',
      'email',
      'phone',
      'birth_date',
      'sex',
      'access_is_enabled',
    ],
  },
  staff: { name: 'staff_members', key: ['school_id', 'person_id'], values: ['roles', 'is_active'] },
  students: {
    name: 'students',
    key: ['school_id', 'person_id'],
    values: ['class_id', 'grade_level', 'is_active'],
  },
  guardians: { name: 'guardians', key: ['school_id', 'person_id'], values: ['kind', 'is_active'] },
  guardianships: {
    name: 'guardianships',
    key: ['school_id', 'student_id', 'guardian_id'],
    values: ['is_active'],
  },
  enrolments: {
    name: 'enrolments',
    key: ['school_id', 'enrolment_id', 'group_id', 'person_id'],
    values: ['declared_from', 'to_date', 'is_gone'],
  },
  assignments: {
    name: 'teaching_assignments',
    key: ['school_id', 'enrolment_id', 'group_id', 'person_id'],
    values: ['is_main', 'declared_from', 'to_date', 'is_gone'],
  },
} as const satisfies Record<string, ProjectedTable>;

export const wantedOf = (table: ProjectedTable): SqlFragment => sql.trusted(`wanted_${table.name}`);

/** Temporary tables of the same columns, which hold what a school's tables should say. */
export async function createWantedTables(database: Database): Promise<void> {
  for (const { name } of Object.values(TABLES)) {
    await database.run(
      sql`create temporary table ${sql.trusted(`wanted_${name} (like ${name})`)} on commit drop`,
    );
  }
}

/** Fills a wanted table anew. */
export async function want(
  database: Database,
  table: ProjectedTable,
  columns: string,
  rows: SqlFragment,
): Promise<void> {
  const wanted = wantedOf(table);
  await database.run(sql`truncate ${wanted}`);
  await database.run(sql`insert into ${wanted} (${sql.trusted(columns)}) ${rows}`);
  // Nobody else gathers statistics of a temporary table, and without them a join of two large sets becomes a loop.
  await database.run(sql`analyze ${wanted}`);
}

/**
 * Makes the school's rows say what is wanted; rows that say it already are not touched. Rows that nothing wants any more
 * are not deleted: they become inactive, where the table knows that word.
 */
export async function makeTrue(database: Database, table: ProjectedTable, schoolId: string): Promise<void> {
  const { name, key, values } = table;
  const columns = [...key, ...values].join(', ');
  const list = (prefix: string) => values.map((value) => `${prefix}.${value}`).join(', ');
  await database.run(sql`
    insert into ${sql.trusted(`${name} as t (${columns}) select ${columns} from wanted_${name}`)}
    on conflict (${sql.trusted(key.join(', '))}) do update
    set ${sql.trusted(values.map((value) => `${value} = excluded.${value}`).join(', '))}
    where ${sql.trusted(`(${list('t')}) is distinct from (${list('excluded')})`)}`);
  if (!values.includes('is_active')) return;
  await database.run(sql`
    update ${sql.trusted(`${name} as t`)} set is_active = false
    where school_id = ${schoolId} and is_active and ${isUnwanted(table)}`);
}

/** The condition that nothing wants the row `t`. */
export const isUnwanted = ({ name, key }: ProjectedTable): SqlFragment =>
  sql.trusted(
    `not exists (select 1 from wanted_${name} w where ${key.map((column) => `w.${column} = t.${column}`).join(' and ')})`,
  );
