import { LEADERSHIP_ROLES, STAFF_ROLES } from '@parta/platform-contract';
import { Forbidden, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';
import { CLASS_TEACHERS, personsAs } from '../lessons/lesson.access.js';

/**
 * Finds a class the actor may look after.
 * @param write only its class teacher or curator may write reasons; the leadership and the social pedagogue look on
 * @throws NotFound `journal.class-not-found`; Forbidden `journal.not-your-class`
 */
export async function classInCare(
  database: Database,
  actor: Actor,
  classId: string,
  write: boolean,
): Promise<string> {
  const found = await database.row<{ schoolId: string; isOwn: boolean }>(sql`
    select school_id as "schoolId", homeroom_teacher_ids && ${personsAs(actor, CLASS_TEACHERS)}::uuid[] as "isOwn"
    from classes where school_id = any (${actor.schools(STAFF_ROLES)}::uuid[]) and id = ${classId}`);
  if (!found) throw new NotFound('journal.class-not-found', 'no such class');
  const mayLook = actor.has([...LEADERSHIP_ROLES, 'social-pedagogue'], found.schoolId);
  const isOwn = found.isOwn && actor.has(CLASS_TEACHERS, found.schoolId);
  if (!isOwn && (write || !mayLook))
    throw new Forbidden('journal.not-your-class', 'only the class teacher of this class');
  return found.schoolId;
}
