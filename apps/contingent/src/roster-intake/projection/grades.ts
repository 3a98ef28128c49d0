import { sql, type SqlFragment } from '@parta/platform-persistence';

/**
 * The year of study (0–12) that a `grades` cell of the source record `alias` names; null without one. Of several the
 * highest stands for all: a combined class is none that learns without marks, and who does says so by an own year.
 */
export const gradeLevelOf = (alias: string): SqlFragment =>
  sql.trusted(`(select max(grade::int) from unnest(string_to_array(${alias}.data ->> 'grades', ',')) as grade
    where trim(grade) ~ '^0*([0-9]|1[0-2])$')`);
