import { sql, type SqlFragment } from '@parta/platform-persistence';

/**
 * The place `alias` in a class or group is open on a day: its last day has not passed, and its record, person and group
 * are there. One whose record is gone is not open on the day it went, though its pupil belonged to the group that day.
 */
export const isOpenOn = (alias: string, day: SqlFragment | string): SqlFragment => {
  const place = sql.trusted(alias);
  return sql`(not ${place}.is_gone and coalesce(${place}.to_date >= ${day}::date, true))`;
};
