import { LEADERSHIP_ROLES, STAFF_ROLES, type Role } from '@parta/platform-contract';
import { sql, type SqlFragment } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

/** Who prints and archives for the whole school (R28, R190). */
const WHOLE_SCHOOL: readonly Role[] = [...LEADERSHIP_ROLES, 'secretary'];

const personsWith = (actor: Actor, roles: readonly Role[]): string[] => [
  ...new Set(actor.grantsOf(roles).flatMap((grant) => grant.personId ?? [])),
];

/** The actor's person records as a member of staff; a teacher who is also a mother does not act as the mother here. */
export const staffPersons = (actor: Actor): string[] => personsWith(actor, STAFF_ROLES);

const CLASS_TEACHERS: readonly Role[] = ['homeroom-teacher', 'group-curator'];

/** The actor is in a list of people of a school, in a role held in that school: one person may be known in several. */
const isAmong = (actor: Actor, roles: readonly Role[], school: string, people: string): SqlFragment => sql`
  (${sql.trusted(school)} = any (${actor.schools(roles)}::uuid[]) and ${sql.trusted(people)} && ${personsWith(actor, roles)}::uuid[])`;

const isOfOwnClass = (actor: Actor): SqlFragment =>
  isAmong(actor, CLASS_TEACHERS, 'c.school_id', 'c.homeroom_teacher_ids');

/** Classes (alias `c`) of which the actor may make a report: the own one, or all of the school. */
export const reportableClasses = (actor: Actor): SqlFragment => sql`
  c.school_id = any (${actor.schools(STAFF_ROLES)}::uuid[]) and (
    c.school_id = any (${actor.schools(WHOLE_SCHOOL)}::uuid[])
    or ${isOfOwnClass(actor)})`;

/**
 * Study groups (alias `g`, with its class `c`) whose journal the actor may print: the own ones, those of the own class
 * in all subjects (R26), or all of the school.
 */
export const printableGroups = (actor: Actor): SqlFragment => sql`
  g.school_id = any (${actor.schools(STAFF_ROLES)}::uuid[]) and (
    g.school_id = any (${actor.schools(WHOLE_SCHOOL)}::uuid[])
    or ${isAmong(actor, ['teacher'], 'g.school_id', 'g.teacher_ids')}
    or ${isOfOwnClass(actor)})`;

/**
 * Reports (alias `r`) the actor may see: all of the school for its leadership and secretary, the own ones for others, as
 * long as they may still read what stands in them.
 */
export const visibleReports = (actor: Actor): SqlFragment => sql`
  r.school_id = any (${actor.schools(STAFF_ROLES)}::uuid[]) and (
    r.school_id = any (${actor.schools(WHOLE_SCHOOL)}::uuid[])
    or r.ordered_by = ${actor.id} and (
      exists (select 1 from classes c where c.school_id = r.school_id and c.id = r.class_id and r.group_id is null
        and ${reportableClasses(actor)})
      or exists (select 1 from study_groups g left join classes c on c.school_id = g.school_id and c.id = g.class_id
        where g.school_id = r.school_id and g.id = r.group_id and ${printableGroups(actor)})))`;
