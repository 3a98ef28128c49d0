import { sql, type SqlFragment } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

/** An instant as text. */
const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The state as of now: a file that has outlived its time makes the report expired. */
export const stateAt = (now: Date): SqlFragment => sql`
  case when r.state = 'done' and r.expires_at <= ${now} then 'expired' else r.state end`;

/** A report (alias `r`) as clients see it, as one JSON object. */
export const reportJson = (actor: Actor, now: Date): SqlFragment => sql`
  json_build_object('id', r.id, 'kind', r.kind, 'state', ${stateAt(now)}, 'title', r.title, 'periodTitle', r.period_title,
    'from', to_char(r.from_date, 'YYYY-MM-DD'), 'to', to_char(r.to_date, 'YYYY-MM-DD'), 'progress', r.progress,
    'orderedBy', r.ordered_by_name, 'isMine', r.ordered_by = ${actor.id}, 'orderedAt', ${sql.trusted(instant('r.ordered_at'))},
    'finishedAt', ${sql.trusted(instant('r.finished_at'))}, 'expiresAt', ${sql.trusted(instant('r.expires_at'))},
    'fileName', r.file_name, 'size', r.size, 'errorCode', r.error_code)`;
