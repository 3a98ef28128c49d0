import { LEADERSHIP_ROLES, rolesOf, type Access } from '@parta/platform-contract';
import { Forbidden, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

/**
 * A plan is kept by the teachers of its group, and by the administration (R90); it is seen by the same.
 * @param access of the operation: a role that opens it in another school opens nothing in the group's
 * @throws NotFound for a group that is not of the actor's schools; Forbidden for somebody else's group
 * @returns the group's school
 */
export async function onlyTheGroupsTeacherKeepsThePlan(
  database: Database,
  actor: Actor,
  groupId: string,
  access: Access,
): Promise<string> {
  const group = await database.row<{ schoolId: string; teacherIds: string[] }>(sql`
    select school_id as "schoolId", teacher_ids as "teacherIds" from study_groups
    where school_id = any (${actor.schools()}::uuid[]) and id = ${groupId}`);
  if (!group) throw new NotFound('curriculum.group-not-found', 'no such study group');
  const { schoolId, teacherIds } = group;
  const isTeacher = actor
    .grantsOf(['teacher'])
    .some((grant) => grant.schoolId === schoolId && grant.personId && teacherIds.includes(grant.personId));
  const administration = rolesOf(access).filter((role) => LEADERSHIP_ROLES.includes(role));
  if (!isTeacher && !actor.has(administration, schoolId)) throw new Forbidden();
  return schoolId;
}
