import type { RosterCounts } from '@parta/contracts-contingent';
import { sql, type Database } from '@parta/platform-persistence';
import type { RosterPackage } from '../package/roster-package.js';
import { isRosterEntity, noCounts, type RecordOutcome } from '../roster-counts.js';
import type { KindEnding } from './ending-guard.js';
import { countLosses } from './losses.js';

/** A school in whose records a package changes something. */
export interface AffectedSchool {
  id: string;
  sourcedId: string;
  /** as the sender says, unchecked */
  timeZone: string | null;
}

/**
 * How long before it is submitted a bulk may have been written, in hours: a change of that time is in it, or is not, and a
 * delta of it is taken.
 */
const BULK_MAY_BE_OLD = 3;

/**
 * Brings the source's records up to what is in `staged`: a bulk file is the whole of its kind, a delta file changes what
 * it names unless something newer is known: of the record itself, or a bulk of its kind. What goes is ended, never deleted. Leaves the changes in the temporary
 * table `changes` (entity, sourced_id, id, outcome, school_before).
 * @returns what it takes from each kind of record
 */
export async function mergeIntoSource(
  database: Database,
  sourceId: string,
  pkg: RosterPackage,
  submittedAt: Date,
  now: Date,
): Promise<KindEnding[]> {
  const bulkFiles = Object.entries(pkg.manifest.modes)
    .filter(([, mode]) => mode === 'bulk')
    .map(([file]) => file);
  await database.run(sql`
    create temporary table changes on commit drop as
    select * from (
      select s.entity, s.sourced_id, coalesce(r.id, s.new_id) as id, r.id is not null as is_known, true as is_staged,
        r.school_sourced_id as school_before,
        case
          when s.last_modified < (b.bulk_as_of ->> s.entity)::timestamptz then 'unchanged'
          when r.id is null then case when s.is_deleted then 'ended' else 'created' end
          when s.last_modified < r.last_modified then 'unchanged'
          when s.is_deleted and r.ended_at is null then 'ended'
          when not s.is_deleted and r.ended_at is not null then 'updated'
          when s.content_hash <> r.content_hash then 'updated'
          else 'unchanged'
        end as outcome
      from staged s
      left join roster_sources b on b.id = ${sourceId}
      left join source_records r
        on r.source_id = ${sourceId} and r.entity = s.entity and r.sourced_id = s.sourced_id
    ) as compared
    where outcome <> 'unchanged'
    union all
    select r.entity, r.sourced_id, r.id, true, false, r.school_sourced_id, 'ended'
    from source_records r
    where r.source_id = ${sourceId} and r.entity = any (${bulkFiles}) and r.ended_at is null
      and not exists (select 1 from staged s where s.entity = r.entity and s.sourced_id = r.sourced_id)`);
  await database.run(sql`create unique index on changes (entity, sourced_id)`);
  await database.run(sql`analyze changes`);
  const losses = await countLosses(database, sourceId, now);

  const has = (await database.row<{ created: boolean; changed: boolean; gone: boolean }>(sql`
    select coalesce(bool_or(not is_known), false) as created, coalesce(bool_or(is_known and is_staged), false) as changed,
      coalesce(bool_or(not is_staged), false) as gone
    from changes`))!;
  if (has.created)
    await database.run(sql`
      insert into source_records (source_id, entity, sourced_id, id, data, content_hash, last_modified, ended_at)
      select ${sourceId}, s.entity, s.sourced_id, s.new_id, s.data, s.content_hash, s.last_modified,
        case when s.is_deleted then ${now}::timestamptz end
      from staged s join changes c using (entity, sourced_id)
      where not c.is_known`);
  if (has.changed)
    await database.run(sql`
      update source_records r set data = s.data, content_hash = s.content_hash,
        last_modified = coalesce(s.last_modified, r.last_modified),
        ended_at = case when s.is_deleted then coalesce(r.ended_at, ${now}::timestamptz) end
      from changes c join staged s using (entity, sourced_id)
      where c.is_known and r.source_id = ${sourceId} and r.entity = c.entity and r.sourced_id = c.sourced_id`);
  if (has.gone)
    await database.run(sql`
      update source_records r set ended_at = ${now}
      from changes c
      where not c.is_staged and r.source_id = ${sourceId} and r.entity = c.entity and r.sourced_id = c.sourced_id`);
  if (bulkFiles.length > 0)
    await database.run(sql`
      update roster_sources set bulk_as_of = bulk_as_of || (
        select jsonb_object_agg(file, ${submittedAt}::timestamptz - make_interval(hours => ${BULK_MAY_BE_OLD}))
        from unnest(${bulkFiles}::text[]) as file)
      where id = ${sourceId}`);
  // A record that says the same at a later time is unchanged, but what is older than that time is out of date.
  if (Object.values(pkg.manifest.modes).includes('delta'))
    await database.run(sql`
      update source_records r set last_modified = s.last_modified
      from staged s
      where s.last_modified is not null and r.source_id = ${sourceId} and r.entity = s.entity
        and r.sourced_id = s.sourced_id and (r.last_modified is null or r.last_modified < s.last_modified)`);
  return losses;
}

/** What became of the package's records, by kind. */
export async function countChanges(database: Database): Promise<RosterCounts> {
  const counts = noCounts();
  const rows = await database.rows<{ entity: string; outcome: RecordOutcome; count: number }>(sql`
    select entity, outcome, count(*)::int as count from changes group by entity, outcome
    union all
    select entity, 'unchanged', count(*)::int from staged s
    where not exists (select 1 from changes c where c.entity = s.entity and c.sourced_id = s.sourced_id)
    group by entity`);
  for (const { entity, outcome, count } of rows) if (isRosterEntity(entity)) counts[entity][outcome] = count;
  return counts;
}

/**
 * The schools whose people, classes or years the changes touch, before or after. It may name a school too many; that
 * costs time only, since facts are compared before they are said.
 */
export async function affectedSchools(database: Database, sourceId: string): Promise<AffectedSchool[]> {
  return database.rows<AffectedSchool>(sql`
    with touched as (
      select school_before as sourced_id from changes
      union
      select r.school_sourced_id from changes c
        join source_records r on r.source_id = ${sourceId} and r.entity = c.entity and r.sourced_id = c.sourced_id
      union
      select sourced_id from changes where entity = 'orgs'
      union
      select k.school_sourced_id from source_records k
        where k.source_id = ${sourceId} and k.entity = 'classes'
          and k.data ->> 'courseSourcedId' in (select sourced_id from changes where entity = 'courses')
      union
      select d.sourced_id from changes c
        join source_records u
          on u.source_id = ${sourceId} and u.entity = 'users' and u.sourced_id = c.sourced_id
        join published_records p on p.aggregate_id = u.id
        join school_directory d on d.school_id = p.school_id
        where c.entity in ('users', 'demographics')
      union
      select d.sourced_id from school_directory d
        where d.source_id = ${sourceId} and exists (select 1 from changes where entity = 'academicSessions')
    )
    select o.id, o.sourced_id as "sourcedId", o.data ->> 'metadata.timeZone' as "timeZone"
    from source_records o
    where o.source_id = ${sourceId} and o.entity = 'orgs' and o.sourced_id in (select sourced_id from touched)
      and (
        coalesce(o.data ->> 'type', '') not in ('department', 'district', 'local', 'state', 'national')
        or exists (select 1 from school_directory d where d.school_id = o.id)
        or exists (select 1 from source_records k where k.source_id = ${sourceId}
          and k.school_sourced_id = o.sourced_id and k.entity = 'classes'))
    order by o.sourced_id`);
}
