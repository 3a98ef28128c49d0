import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { RosterIssue } from '../package/roster-package.js';
import type { RosterEntity } from '../roster-counts.js';

const FAMILY = ['parent', 'guardian', 'relative'];

/** Lessons are laid for each day of a year: one of two centuries would hold curriculum up for minutes. */
const MOST_SESSION_DAYS = 732;
const FIRST_DAY = '1990-01-01';
const LAST_DAY = '2199-12-31';

/** A rule over staged records (alias `s`) that the schema cannot express: what is wrong, and how to say it. */
interface DomainCheck {
  entity: RosterEntity;
  code: string;
  field: string;
  /** further tables; `s` is the staged record */
  from: (sourceId: string) => SqlFragment;
  isWrong: SqlFragment;
  message: SqlFragment;
}

const cell = (name: string) => sql.trusted(`s.data ->> '${name}'`);
const isReversed = (begin: string, end: string) => sql`${cell(end)} < ${cell(begin)}`;
const record = (sourceId: string, alias: string, entity: string, id: SqlFragment) => sql`
  join source_records ${sql.trusted(alias)} on ${sql.trusted(alias)}.source_id = ${sourceId}
    and ${sql.trusted(alias)}.entity = ${entity} and ${sql.trusted(alias)}.sourced_id = ${id}`;
const rolesOfUser = (sourceId: string) => sql`
  cross join lateral (
    select array_agg(r.data ->> 'role') as roles from source_records r
    where r.source_id = ${sourceId} and r.entity = 'roles' and r.ended_at is null
      and r.user_sourced_id = ${cell('userSourcedId')}) as held`;

const reversed = (entity: RosterEntity, begin: string, end: string): DomainCheck => ({
  entity,
  code: 'domain.dates_reversed',
  field: end,
  from: () => sql.empty,
  isWrong: isReversed(begin, end),
  message: sql`format('Окончание (%s) раньше начала (%s).', ${cell(end)}, ${cell(begin)})`,
});

/** Only what cannot be meant: a legal package, however odd, is taken. */
const CHECKS: readonly DomainCheck[] = [
  {
    // endDate is exclusive: a session that ends on the day it begins has no day.
    ...reversed('academicSessions', 'startDate', 'endDate'),
    isWrong: sql`${cell('endDate')} <= ${cell('startDate')}`,
    message: sql`format('Окончание (%s) не позже начала (%s): день окончания по OneRoster в период уже не входит.', ${cell('endDate')}, ${cell('startDate')})`,
  },
  {
    entity: 'academicSessions',
    code: 'domain.session_too_long',
    field: 'endDate',
    from: () => sql.empty,
    isWrong: sql`(${cell('endDate')})::date - (${cell('startDate')})::date > ${MOST_SESSION_DAYS}`,
    message: sql`format('Учебный год или период длится дольше двух лет: с %s по %s.', ${cell('startDate')}, ${cell('endDate')})`,
  },
  {
    entity: 'academicSessions',
    code: 'domain.session_out_of_time',
    field: 'endDate',
    from: () => sql.empty,
    isWrong: sql`${cell('startDate')} < ${FIRST_DAY} or ${cell('endDate')} > ${LAST_DAY}`,
    message: sql`format('Учебный год или период (%s – %s) вне разумных лет: с 1990 по 2199.', ${cell('startDate')}, ${cell('endDate')})`,
  },
  reversed('roles', 'beginDate', 'endDate'),
  reversed('enrollments', 'beginDate', 'endDate'),
  {
    entity: 'classes',
    code: 'domain.class_outside_school',
    field: 'schoolSourcedId',
    from: (sourceId) => record(sourceId, 'o', 'orgs', cell('schoolSourcedId')),
    isWrong: sql`o.data ->> 'type' in ('district', 'local', 'state', 'national')`,
    message: sql`format('Класс отнесён к организации «%s» (тип %s), а должен — к школе.', o.data ->> 'name', o.data ->> 'type')`,
  },
  {
    entity: 'enrollments',
    code: 'domain.enrollment_school_mismatch',
    field: 'schoolSourcedId',
    from: (sourceId) => record(sourceId, 'k', 'classes', cell('classSourcedId')),
    isWrong: sql`k.school_sourced_id is distinct from ${cell('schoolSourcedId')}`,
    message: sql`format('Класс %s относится к школе %s, а зачисление — к школе %s.', k.sourced_id, k.school_sourced_id, ${cell('schoolSourcedId')})`,
  },
  {
    entity: 'enrollments',
    code: 'domain.enrollment_role_mismatch',
    field: 'role',
    from: rolesOfUser,
    isWrong: sql`${cell('role')} = 'student' and held.roles is not null
      and not (held.roles && array['student']) and not exists (select 1 from unnest(held.roles) x where x like 'ext:%')`,
    message: sql`format('Пользователь %s зачислен как ученик, но в roles.csv он — %s.', ${cell('userSourcedId')}, array_to_string(held.roles, ', '))`,
  },
  {
    entity: 'enrollments',
    code: 'domain.enrollment_role_mismatch',
    field: 'role',
    from: rolesOfUser,
    isWrong: sql`${cell('role')} = 'teacher' and held.roles is not null
      and held.roles <@ ${['student', ...FAMILY]}::text[]`,
    message: sql`format('Пользователь %s назначен учителем, но в roles.csv он — %s.', ${cell('userSourcedId')}, array_to_string(held.roles, ', '))`,
  },
  {
    entity: 'users',
    code: 'domain.agent_is_self',
    field: 'agentSourcedIds',
    from: () => sql.empty,
    isWrong: sql`s.sourced_id = any (string_to_array(${cell('agentSourcedIds')}, ','))`,
    message: sql`format('Пользователь %s указан законным представителем самого себя.', s.sourced_id)`,
  },
];

/** Checks the staged records against each other and against what is known of them. The first `limit` issues, and how many there are by kind. */
export async function findDomainIssues(
  database: Database,
  sourceId: string,
  limit: number,
): Promise<{ issues: RosterIssue[]; counts: Partial<Record<RosterEntity, number>> }> {
  const issues: RosterIssue[] = [];
  const counts: Partial<Record<RosterEntity, number>> = {};
  for (const check of CHECKS) {
    const found = await database.rows<{ row: number; message: string; total: number }>(sql`
      select s.row_number as row, ${check.message} as message, count(*) over ()::int as total
      from staged s ${check.from(sourceId)}
      where s.entity = ${check.entity} and not s.is_deleted and ${check.isWrong}
      order by s.row_number limit ${limit}`);
    if (found[0]) counts[check.entity] = (counts[check.entity] ?? 0) + found[0].total;
    const file = `${check.entity}.csv`;
    for (const { row, message } of found.slice(0, limit - issues.length))
      issues.push({ file, row, field: check.field, code: check.code, message });
  }
  return { issues, counts };
}
