import { sql, type SqlFragment } from '@parta/platform-persistence';

/** A mark as families see it, for a row of `marks` under that alias. */
export const markJson = (alias: string, more = ''): SqlFragment =>
  sql.trusted(`json_build_object('markId', ${alias}.id, 'value', ${alias}.value, 'workTypeTitle', ${alias}.work_type_title,
    'weight', ${alias}.weight::float8, 'comment', ${alias}.comment, 'previousValue', ${alias}.previous_value,
    'recordedAt', to_char(${alias}.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')${more})`);
