import type { ListDeliveries } from '@parta/contracts-notifications';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Forbidden } from '@parta/platform-errors';
import { sql, type SqlFragment } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

const CLASS_TEACHERS = ['homeroom-teacher', 'group-curator'] as const;

/** Conditions on what the actor may see. */
export interface VisibleDeliveries {
  /** on `messages m` */
  messages: SqlFragment;
  /** on `notices n join students st`: a message gathered for siblings may be about children of several classes */
  notices: SqlFragment;
}

/**
 * Which messages the actor may see, and what of them: the leadership those of its schools, a class teacher or curator
 * those about the own class, and of these only what is about it.
 * @throws Forbidden `access.another-school` when the named school is not the actor's
 */
export function visibleDeliveries(actor: Actor, schoolId: ListDeliveries['schoolId']): VisibleDeliveries {
  const isWanted = (id: string | null): id is string => id !== null && (!schoolId || id === schoolId);
  const schools = actor.schools(LEADERSHIP_ROLES).filter(isWanted);
  const classes = actor.grantsOf(CLASS_TEACHERS).filter((grant) => isWanted(grant.schoolId));
  if (schools.length === 0 && classes.length === 0)
    throw new Forbidden('access.another-school', 'the actor has no such role in this school');
  const isOfOwnClass = sql`st.class_id = any (${classes.flatMap((grant) => grant.classIds ?? [])}::uuid[])`;
  return {
    messages: sql`(m.school_id = any (${schools}::uuid[])
      or (m.school_id = any (${classes.map((grant) => grant.schoolId)}::uuid[]) and exists (
        select 1 from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
        where n.school_id = m.school_id and n.message_id = m.id and ${isOfOwnClass})))`,
    notices: sql`(n.school_id = any (${schools}::uuid[]) or ${isOfOwnClass})`,
  };
}
