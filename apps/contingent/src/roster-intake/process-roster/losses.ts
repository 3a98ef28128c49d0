import { sql, type Database } from '@parta/platform-persistence';
import type { KindEnding } from './ending-guard.js';

/** In Russian, genitive plural, in the order in which they are judged. */
const KINDS: Record<string, string> = {
  schools: 'школ',
  staff: 'сотрудников',
  students: 'учащихся',
  guardians: 'родителей и законных представителей',
  guardianRelations: 'связей родителей с детьми',
  roles: 'ролей',
  classes: 'классов и групп',
  teacherEnrolments: 'назначений учителей',
  courses: 'предметов',
  academicSessions: 'учебных периодов',
  demographics: 'записей о дате рождения и поле',
};

/**
 * What a package takes from each kind of record, while `source_records` still holds the old data and `changes` the outcome.
 * A person counts once per kind of role, however the role's record is replaced; a school and a guardian relation count
 * each. Kinds that each school year replaces are judged by net loss. What has ended by its own end date counts no more.
 */
export async function countLosses(database: Database, sourceId: string, now: Date): Promise<KindEnding[]> {
  const changed = await database.rows<{ entity: string }>(
    sql`select distinct entity from changes where is_known`,
  );
  if (changed.length === 0) return [];
  const entities = new Set(changed.map(({ entity }) => entity));
  // A person is there while both the person's record and a role are.
  if (entities.has('users') || entities.has('roles')) entities.add('users').add('roles');
  const today = now.toISOString().slice(0, 10);
  // The planner knows nothing of a common table expression's size, and would join a region's people in a loop.
  await database.run(sql`select set_config('enable_nestloop', 'off', true)`);
  const rows = await database.rows<{ kind: string; before: number; ended: number }>(sql`
    with known as (
      select r.entity, r.sourced_id, r.ended_at is null as was_active, r.data as old,
        case when c.entity is null then r.ended_at is null else c.is_staged and not s.is_deleted end as stays_active,
        case when c.is_staged then s.data else r.data end as new
      from source_records r
      left join changes c on c.is_known and c.entity = r.entity and c.sourced_id = r.sourced_id
      left join staged s on c.is_staged and s.entity = r.entity and s.sourced_id = r.sourced_id
      where r.source_id = ${sourceId} and r.entity = any (${[...entities]})
      union all
      select s.entity, s.sourced_id, false, '{}', not s.is_deleted, s.data
      from changes c join staged s using (entity, sourced_id)
      where not c.is_known and s.entity = any (${[...entities]})
    ), weighed as materialized (
      select entity, sourced_id,
        was_active and coalesce(old ->> 'endDate', '9999') > ${today} as was,
        stays_active and coalesce(new ->> 'endDate', '9999') > ${today} as stays,
        old ->> 'userSourcedId' as old_user, new ->> 'userSourcedId' as new_user,
        old ->> 'role' as old_role, new ->> 'role' as new_role,
        old ->> 'agentSourcedIds' as old_agents, new ->> 'agentSourcedIds' as new_agents,
        old ->> 'type' as old_type
      from known
    ), role_kinds(role, kind) as (
      values ('student', 'students'), ('parent', 'guardians'), ('guardian', 'guardians'), ('relative', 'guardians')
    ), things_before as (
      select distinct coalesce(k.kind, 'staff') as kind, u.sourced_id as one, '' as other
      from weighed r join weighed u on u.entity = 'users' and u.sourced_id = r.old_user and u.was
      left join role_kinds k on k.role = r.old_role
      where r.entity = 'roles' and r.was
      union
      select 'guardianRelations', u.sourced_id, g.sourced_id
      from weighed u cross join unnest(string_to_array(u.old_agents, ',')) as agent(id)
      join weighed g on g.entity = 'users' and g.sourced_id = btrim(agent.id) and g.was
      where u.entity = 'users' and u.was
      union
      select 'schools', sourced_id, '' from weighed
      where entity = 'orgs' and was
        and coalesce(old_type, '') not in ('department', 'district', 'local', 'state', 'national')
    ), things_after as (
      select distinct coalesce(k.kind, 'staff') as kind, u.sourced_id as one, '' as other
      from weighed r join weighed u on u.entity = 'users' and u.sourced_id = r.new_user and u.stays
      left join role_kinds k on k.role = r.new_role
      where r.entity = 'roles' and r.stays
      union
      select 'guardianRelations', u.sourced_id, g.sourced_id
      from weighed u cross join unnest(string_to_array(u.new_agents, ',')) as agent(id)
      join weighed g on g.entity = 'users' and g.sourced_id = btrim(agent.id) and g.stays
      where u.entity = 'users' and u.stays
      union
      select 'schools', sourced_id, '' from weighed where entity = 'orgs' and stays
    )
    select b.kind, count(*)::int as before, count(*) filter (where a.kind is null)::int as ended
    from things_before b left join things_after a using (kind, one, other)
    group by b.kind
    union all
    select entity, count(*) filter (where was)::int,
      greatest(0, count(*) filter (where was) - count(*) filter (where stays))::int
    from weighed where entity in ('roles', 'classes', 'courses', 'academicSessions', 'demographics')
    group by entity
    union all
    select 'teacherEnrolments', count(*) filter (where was and old_role = 'teacher')::int,
      greatest(0, count(*) filter (where was and old_role = 'teacher')
        - count(*) filter (where stays and new_role = 'teacher'))::int
    from weighed where entity = 'enrollments'`);
  await database.run(sql`select set_config('enable_nestloop', 'on', true)`);
  return Object.entries(KINDS).flatMap(([kind, what]) => {
    const loss = rows.find((row) => row.kind === kind);
    return loss ? [{ what, before: loss.before, ended: loss.ended, isEachHeld: kind === 'schools' }] : [];
  });
}
