/**
 * What the diary tells open pages: something of this pupil's day is new. Core NATS, no history: a page that was away asks
 * for the day anew. Subject `live.diary.<schoolId>.<studentId>`.
 */
export interface DiaryChanged {
  kind: 'mark' | 'attendance' | 'lesson' | 'timetable';
  schoolId: string;
  studentId: string;
  /** YYYY-MM-DD; null when more than one day changed */
  date: string | null;
}

/** Subject of `DiaryChanged` for a pupil. */
export const diaryChangedSubject = (schoolId: string, studentId: string): string =>
  `live.diary.${schoolId}.${studentId}`;
