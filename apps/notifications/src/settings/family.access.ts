import { Forbidden, NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

/**
 * The actor's own person as a guardian in the school.
 * @throws Forbidden `access.another-school` when there is none
 */
export function ownPersonAsGuardian(actor: Actor, schoolId: string): string {
  const grant = actor.grantsOf(['guardian']).find((one) => one.schoolId === schoolId && one.personId);
  if (!grant) throw new Forbidden('access.another-school', 'the actor is no guardian in this school');
  return grant.personId!;
}

/**
 * The actor's own child: by the token's grant and by the directory, both.
 * @throws NotFound `notifications.child-not-found`
 */
export async function onlyOwnChild(
  database: Database,
  actor: Actor,
  studentId: string,
): Promise<{ schoolId: string; personId: string }> {
  const grant = actor.grantsOf(['guardian']).find((one) => one.studentIds?.includes(studentId));
  const found =
    grant?.schoolId &&
    grant.personId &&
    (await database.row(sql`
      select 1 from guardian_children where school_id = ${grant.schoolId} and student_id = ${studentId}
        and guardian_id = ${grant.personId}`));
  if (!found) throw new NotFound('notifications.child-not-found', 'no such child of this actor');
  return { schoolId: grant.schoolId!, personId: grant.personId! };
}
