import { STAFF_ROLES } from '@parta/platform-contract';
import { sql, type SqlFragment } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';
import { isOpenOn } from './open-place.js';

/**
 * Which classes (alias `c`) the actor may see: whoever only teaches, those he teaches or leads; others of the staff, all
 * of their school.
 * @param now counts which teaching lasts
 */
export function visibleClasses(actor: Actor, now: Date): SqlFragment {
  const schools = actor.schools(STAFF_ROLES);
  const onlyTeaches = (school: string) =>
    actor.grants.every(
      ({ role, schoolId }) => schoolId !== school || role === 'teacher' || !STAFF_ROLES.includes(role),
    );
  const whole = schools.filter((school) => !onlyTeaches(school));
  const taught = schools.filter(onlyTeaches);
  const people = taught.map((school) => actor.personIn(school)).filter((id) => id !== null);
  return sql`(c.school_id = any (${whole}::uuid[]) or c.school_id = any (${taught}::uuid[]) and exists (
    select 1 from teaching_assignments a
    join schools here on here.school_id = a.school_id
    left join study_groups g on g.school_id = a.school_id and g.group_id = a.group_id
    where a.school_id = c.school_id and a.person_id = any (${people}::uuid[])
      and c.class_id in (a.group_id, g.class_id)
      and ${isOpenOn('a', sql`(${now}::timestamptz at time zone here.time_zone)`)}))`;
}
