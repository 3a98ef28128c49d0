import { sql, type SqlFragment } from '@parta/platform-persistence';

/**
 * The lessons (id, date, number) of a study group's journal between two dates: those of the timetable, and those the
 * timetable has no more while a mark, an absence, a topic or homework stands in them. Of a lesson in the lists of two
 * years the newer list is right. A lesson of no list has no number.
 */
export const printedLessons = (schoolId: string, groupId: string, from: string, to: string): SqlFragment => {
  const ofGroup = sql`school_id = ${schoolId} and group_id = ${groupId} and date between ${from}::date and ${to}::date`;
  return sql`
    select distinct on (id) id, date, number from (
      select x."lessonId" as id, x.date, x."lessonNumber" as number, l.version
      from lesson_lists l, jsonb_to_recordset(l.lessons) as x("lessonId" uuid, date date, "lessonNumber" int)
      where l.school_id = ${schoolId} and l.group_id = ${groupId} and x.date between ${from}::date and ${to}::date
      union all
      select lesson_id, date, null, 0 from marks where ${ofGroup} and not is_annulled
      union all
      select lesson_id, date, null, 0 from attendance where ${ofGroup} and code is not null
      union all
      select lesson_id, date, null, 0 from lesson_descriptions
      where ${ofGroup} and (topic is not null or homework is not null or no_homework or individual <> '[]')
    ) every order by id, version desc`;
};
