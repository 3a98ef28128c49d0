import { DomainError } from '@parta/platform-errors';
import { sql, type SqlFragment } from '@parta/platform-persistence';

/**
 * When entries of a lesson are in time, late, or not accepted (R112, R116). In time: until the school's hour on the day
 * of the lesson; written works some days longer. Late entries are flagged. After the window the deputy head may open the
 * lesson until a date, when its teacher asks for it.
 * All instants; the school's time zone is already in them.
 */
export interface EntryWindow {
  opensAt: Date;
  deadline: Date;
  writtenWorkDeadline: Date;
  closesAt: Date;
}

/** Columns of the window for a query with lessons `l`, schools `s` and policies `p`. */
export const entryWindowColumns: SqlFragment = sql.trusted(`
  (l.date::timestamp at time zone s.time_zone) as "opensAt",
  ((l.date + p.current_entry_deadline) at time zone s.time_zone) as "deadline",
  ((l.date + p.written_work_days + 1)::timestamp at time zone s.time_zone) as "writtenWorkDeadline",
  ((greatest(l.date + p.entry_window_days, l.opened_until) + 1)::timestamp at time zone s.time_zone) as "closesAt"`);

/** Why an actor with these person records may write nothing into a lesson `l` now, as a code; null where they may. */
export const whyClosedTo = (persons: string[], now: Date): SqlFragment => sql`(case
  when l.teacher_id is null or not l.teacher_id = any (${persons}::uuid[]) then 'journal.not-your-lesson'
  when ${now.toISOString()}::timestamptz < (l.date::timestamp at time zone s.time_zone) then 'journal.lesson-not-begun'
  when ${now.toISOString()}::timestamptz >= ((greatest(l.date + p.entry_window_days, l.opened_until) + 1)::timestamp
    at time zone s.time_zone) then 'journal.entry-window-closed' end)`;

/** The window as read by `entryWindowColumns`, whatever the driver made of the instants. */
export const readEntryWindow = (row: Record<keyof EntryWindow, string | Date>): EntryWindow => ({
  opensAt: new Date(row.opensAt),
  deadline: new Date(row.deadline),
  writtenWorkDeadline: new Date(row.writtenWorkDeadline),
  closesAt: new Date(row.closesAt),
});

/** The code of why nothing is accepted now, or null. */
export function whyClosed(
  window: EntryWindow,
  now: Date,
): 'journal.lesson-not-begun' | 'journal.entry-window-closed' | null {
  if (now < window.opensAt) return 'journal.lesson-not-begun';
  return now >= window.closesAt ? 'journal.entry-window-closed' : null;
}

/**
 * @throws DomainError `journal.lesson-not-begun` before the day of the lesson, `journal.entry-window-closed` after the window
 */
export function entriesAreMadeInTheirWindow(window: EntryWindow, now: Date): void {
  const code = whyClosed(window, now);
  if (!code) return;
  throw new DomainError(
    'conflict',
    code,
    code === 'journal.lesson-not-begun' ? 'the lesson is not today yet' : 'the entry window is over',
    {
      details: { opensAt: window.opensAt.toISOString(), closedAt: window.closesAt.toISOString() },
    },
  );
}

/** Whether an entry now is after its deadline. */
export const isLateEntry = (window: EntryWindow, now: Date, isWrittenWork: boolean): boolean =>
  now > (isWrittenWork ? window.writtenWorkDeadline : window.deadline);
