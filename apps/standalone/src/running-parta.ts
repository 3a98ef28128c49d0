import type { JournalHistory } from '@parta/journal/history';

/** Parta running, in one process or in many, as whoever loads it needs it. */
export interface RunningParta {
  url: string;
  /** Works with the journal's rules on lessons that have been, past the API, which has today only. */
  withJournalHistory(work: (history: JournalHistory) => Promise<void>): Promise<void>;
  /** Tells the planner what a bulk load has brought. */
  analyze(): Promise<void>;
  /** Facts not yet published, or not yet handled by all who listen. */
  factsOnTheirWay(): Promise<number>;
  stop(): Promise<void>;
}
