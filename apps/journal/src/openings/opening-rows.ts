import type { OpeningRequest } from '@parta/contracts-journal';
import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Columns of `OpeningRequest` for requests `o`, lessons `l` and groups `g`. */
export const openingColumns: SqlFragment = sql.trusted(`o.id as "requestId", o.lesson_id as "lessonId",
  l.group_id as "groupId", g.title as "groupTitle", to_char(l.date, 'YYYY-MM-DD') as date, l.lesson_number as "lessonNumber",
  o.asked_by as teacher, o.reason, ${utc('o.asked_at')} as "askedAt", o.state,
  to_char(o.open_until, 'YYYY-MM-DD') as "openUntil", o.answer, o.decided_by as "decidedBy", ${utc('o.decided_at')} as "decidedAt"`);

/** Requests with what their columns need. */
export const openingTables: SqlFragment = sql.trusted(`opening_requests o
  join lessons l on l.school_id = o.school_id and l.id = o.lesson_id
  join study_groups g on g.school_id = l.school_id and g.id = l.group_id`);

export const readOpening = async (
  database: Database,
  schoolId: string,
  requestId: string,
): Promise<OpeningRequest> =>
  (await database.row<OpeningRequest>(
    sql`select ${openingColumns} from ${openingTables} where o.school_id = ${schoolId} and o.id = ${requestId}`,
  ))!;
