import { Forbidden, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

/**
 * A plan is kept by the teachers of its group, and by the administration (R90); it is seen by the same.
 * @throws NotFound for a group that is not of the actor's schools; Forbidden for somebody else's group
 * @returns the group's school
 */
export async function onlyTheGroupsTeacherKeepsThePlan(
  database: Database,
  actor: Actor,
  groupId: string,
): Promise<string> {
  const group = await database.row<{ schoolId: string; teacherIds: string[] }>(sql`
    select school_id as "schoolId", teacher_ids as "teacherIds" from study_groups
    where school_id = any (${actor.schools()}::uuid[]) and id = ${groupId}`);
  if (!group) throw new NotFound('curriculum.group-not-found', 'no such study group');
  const person = actor.personIn(group.schoolId);
  const isTeacher = person !== null && group.teacherIds.includes(person);
  if (!isTeacher && !actor.has(['deputy-head', 'administrator', 'director'], group.schoolId))
    throw new Forbidden();
  return group.schoolId;
}
