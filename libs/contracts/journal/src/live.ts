/**
 * What the journal tells open pages after a commit: something of this group's journal is new on that day. Core NATS, no
 * history, no content: the page asks for the day anew, through the usual route with its checks. Subject
 * `live.journal.<schoolId>.<groupId>`.
 */
export interface JournalChanged {
  kind: 'journal';
  schoolId: string;
  groupId: string;
  /** YYYY-MM-DD; null when more than one day changed */
  date: string | null;
}

/** Subject of `JournalChanged` for a study group; `*` for every group of the school. */
export const journalChangedSubject = (schoolId: string, groupId: string): string =>
  `live.journal.${schoolId}.${groupId}`;
