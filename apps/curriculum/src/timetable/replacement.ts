import { sql, type Database } from '@parta/platform-persistence';
import { reasonToHold } from '@parta/platform-rpc';

/** Lessons still to come in one school, and the groups that have any. */
export interface ComingLessons {
  schoolId: string;
  school: string;
  lessons: number;
  groups: number;
}

/** What a timetable did to one school's coming lessons. */
export interface SchoolReplacement {
  before: ComingLessons;
  after: ComingLessons;
  removed: number;
}

/** A new period may move half of the lessons to other hours; it does not take a tenth of them away. */
const MAX_SHARE_MOVED = 0.5;
const MAX_SHARE_LOST = 0.1;
const MAX_SHARE_OF_GROUPS_EMPTIED = 0.1;
/** Fewer coming lessons than this are a day or two of one class. */
const SMALL_TIMETABLE = 20;

/** The lessons after today, by school. */
export function comingLessons(
  database: Database,
  schools: readonly string[],
  now: Date,
): Promise<ComingLessons[]> {
  return database.rows<ComingLessons>(sql`
    select s.school_id as "schoolId", s.name as school, count(l.id)::int as lessons,
      count(distinct l.group_id)::int as groups
    from schools s left join lessons l on l.school_id = s.school_id and l.removed_at is null
      and l.date > (${now}::timestamptz at time zone s.time_zone)::date
    where s.school_id = any (${schools}::uuid[])
    group by s.school_id, s.name order by s.name`);
}

/** Why the timetable waits for a person's confirmation, in Russian; null when it may be applied. */
export function reasonToHoldTimetable(schools: readonly SchoolReplacement[], removed: number): string | null {
  const advice = `Похоже на неполный файл: проверьте его и отправьте снова полным или подтвердите снятие, указав confirmedRemovals=${removed}.`;
  const judged = schools.flatMap(({ before, after, removed: taken }) => {
    const where = `в школе «${before.school}»`;
    return [
      {
        what: 'предстоящих уроков',
        where,
        before: before.lessons,
        ended: before.lessons - after.lessons,
        maxShare: MAX_SHARE_LOST,
        smallest: SMALL_TIMETABLE,
      },
      {
        what: 'предстоящих уроков',
        where,
        before: before.lessons,
        ended: taken,
        maxShare: MAX_SHARE_MOVED,
        smallest: SMALL_TIMETABLE,
      },
      {
        what: 'учебных групп с предстоящими уроками',
        where,
        before: before.groups,
        ended: before.groups - after.groups,
        maxShare: MAX_SHARE_OF_GROUPS_EMPTIED,
        smallest: 10,
      },
    ];
  });
  return reasonToHold('Файл снимает', judged, advice);
}
