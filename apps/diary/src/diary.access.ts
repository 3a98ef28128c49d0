import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { NotFound } from '@parta/platform-errors';
import { sql, type Database } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';

export interface DiaryOwner {
  schoolId: string;
  studentId: string;
  name: string;
  classTitle: string | null;
  gradeLevel: number | null;
  schoolKind: 'school' | 'college';
  timeZone: string;
}

/** The school of the actor's own child or of the pupil itself: their token alone says it. Null for everybody else. */
export function schoolOfOwnDiary(actor: Actor, studentId: string): string | null {
  const own = actor
    .grantsOf(['guardian', 'student'])
    .find((grant) => grant.schoolId && grant.studentIds?.includes(studentId));
  return own?.schoolId ?? null;
}

/**
 * Finds a pupil whose diary the actor may read: a guardian the own children, a pupil itself (R24, R161), the class teacher
 * the own class, the leadership its school.
 * @throws NotFound `diary.student-not-found` for everybody else: who is not allowed is not told that there is such a pupil
 */
export async function onlyTheFamilyAndItsTeachersRead(
  database: Database,
  actor: Actor,
  studentId: string,
): Promise<DiaryOwner> {
  const families = actor
    .grantsOf(['guardian', 'student'])
    .filter((grant) => grant.studentIds?.includes(studentId));
  const classes = actor
    .grantsOf(['homeroom-teacher', 'group-curator'])
    .flatMap((grant) => grant.classIds ?? []);
  const owner = await database.row<DiaryOwner>(sql`
    select st.school_id as "schoolId", st.id as "studentId", st.name, c.title as "classTitle", c.grade_level as "gradeLevel",
      s.kind as "schoolKind", s.time_zone as "timeZone"
    from students st join schools s on s.school_id = st.school_id
      left join classes c on c.school_id = st.school_id and c.id = st.class_id
    where st.id = ${studentId} and st.school_id = any (${actor.schools()}::uuid[]) and (
      st.school_id = any (${families.flatMap((grant) => grant.schoolId ?? [])}::uuid[])
      or st.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[])
      or st.class_id = any (${classes}::uuid[]))`);
  if (!owner) throw new NotFound('diary.student-not-found', 'no such pupil among those this actor may see');
  return owner;
}
