import { sql, type SqlFragment } from '@parta/platform-persistence';
import { fullName, russianOrder } from '../sql-text.js';
import { isOpenOn } from './open-place.js';

/** The school's own calendar date at an instant; `s` is the school. */
export const todayAt = (now: Date): SqlFragment => sql`(${now}::timestamptz at time zone s.time_zone)::date`;

/** Class teachers or curators of the class `c` in the school `s`, as a JSON list of names. */
export const homeroomTeachers = (now: Date): SqlFragment => sql`
  coalesce((
    select json_agg(name order by is_main desc, ${russianOrder(sql`name`)}) from (
      select ${fullName('p')} as name, bool_or(a.is_main) as is_main
      from teaching_assignments a join people p using (school_id, person_id)
      where a.school_id = c.school_id and a.group_id = c.class_id and ${isOpenOn('a', todayAt(now))}
      group by p.school_id, p.person_id limit 10) as teachers), '[]')`;

/** Open places of students in the class `c` of the school `s`. */
export const openPlaces = (now: Date): SqlFragment => sql`
  select e.person_id, min(e.from_date) as enrolled_from from enrolments e
  where e.school_id = c.school_id and e.group_id = c.class_id and ${isOpenOn('e', todayAt(now))}
  group by e.person_id`;
