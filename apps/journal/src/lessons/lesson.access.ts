import { getLesson, recordEntries } from '@parta/contracts-journal';
import { LEADERSHIP_ROLES, rolesOf, STAFF_ROLES, type Role } from '@parta/platform-contract';
import { DomainError, NotFound } from '@parta/platform-errors';
import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { Actor } from '@parta/platform-rpc';
import { entryWindowColumns, readEntryWindow, type EntryWindow } from '../policy/entry-window.js';

/** Roles that read journals, and those that write lessons; another role of the same person opens none. */
export const READERS = rolesOf(getLesson.access);
export const WRITERS = rolesOf(recordEntries.access);
export const CLASS_TEACHERS: readonly Role[] = ['homeroom-teacher', 'group-curator'];

/** The actor's person records in these roles; a teacher who is also a mother does not act as the mother here. */
export const personsAs = (actor: Actor, roles: readonly Role[]): string[] => [
  ...new Set(actor.grantsOf(roles).flatMap((grant) => grant.personId ?? [])),
];

/**
 * Which study groups (alias `g`, with its class `c`) the actor may see: the own ones, those of the own class in all
 * subjects (R26), and all of a school whose leadership one belongs to. Each only in the schools where one is a reader.
 */
export const visibleGroups = (actor: Actor): SqlFragment => sql`
  g.school_id = any (${actor.schools(READERS)}::uuid[]) and (
    g.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[])
    or g.teacher_ids && ${personsAs(actor, READERS)}::uuid[]
    or c.homeroom_teacher_ids && ${personsAs(actor, CLASS_TEACHERS)}::uuid[]
    or exists (select 1 from lessons own where own.school_id = g.school_id and own.group_id = g.id
      and own.teacher_id = any (${personsAs(actor, READERS)}::uuid[])))`;

/** A lesson opened for writing. */
export interface OpenedLesson {
  schoolId: string;
  lessonId: string;
  groupId: string;
  date: string;
  lessonNumber: number;
  subjectTitle: string;
  workTypeId: string | null;
  descriptionVersion: number;
  entriesVersion: number;
  personId: string;
  window: EntryWindow;
}

/**
 * Opens a lesson for its teacher and locks it: commands about one lesson go one after another.
 * @throws NotFound `journal.lesson-not-found`; DomainError `journal.not-your-lesson` for anybody but its teacher
 */
export async function onlyTheLessonsTeacherWrites(
  database: Database,
  actor: Actor,
  lessonId: string,
): Promise<OpenedLesson> {
  const found = await database.row<
    Omit<OpenedLesson, 'window' | 'personId'> & {
      personId: string | null;
      isKnown: boolean;
    } & Record<keyof EntryWindow, string>
  >(sql`
    select l.school_id as "schoolId", l.id as "lessonId", l.teacher_id as "personId", l.group_id as "groupId",
      to_char(l.date, 'YYYY-MM-DD') as date, l.lesson_number as "lessonNumber", g.subject_title as "subjectTitle",
      l.work_type_id as "workTypeId", l.description_version as "descriptionVersion",
      l.entries_version as "entriesVersion", g.id is not null and s.school_id is not null and p.school_id is not null as "isKnown",
      ${entryWindowColumns}
    from lessons l
      left join study_groups g on g.school_id = l.school_id and g.id = l.group_id
      left join schools s on s.school_id = l.school_id
      left join policies p on p.school_id = l.school_id
    where ${sql.oneOf('l.school_id', actor.schools(STAFF_ROLES))} and l.id = ${lessonId} and not l.is_removed
    for update of l`);
  if (!found) throw new NotFound('journal.lesson-not-found', 'no such lesson');
  const { personId, isKnown, ...lesson } = found;
  const writes = actor
    .grantsOf(WRITERS)
    .some((grant) => grant.schoolId === lesson.schoolId && grant.personId === personId);
  if (!personId || !writes) {
    throw new DomainError('forbidden', 'journal.not-your-lesson', 'only the lesson’s teacher writes here');
  }
  // Its group or school have not been heard of yet.
  if (!isKnown) throw new NotFound('journal.lesson-not-found', 'no such lesson');
  return { ...lesson, personId, window: readEntryWindow(lesson) };
}
