import type { ClassJournal, JournalLesson } from './class-journal.query.js';

/** Two pages that lie side by side in the paper journal. */
export interface Opening {
  number: number;
  isLast: boolean;
  lessons: readonly JournalLesson[];
  /** lessons of the openings before it */
  before: number;
}

/** The lower corner of every page. */
export const footerOf = ({ schoolName, title }: ClassJournal): string => `${schoolName} · ${title}`;
