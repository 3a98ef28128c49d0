import { Injectable } from '@nestjs/common';
import {
  journalChangedSubject,
  lessonDescribed,
  lessonEntriesRecorded,
  type JournalChanged,
} from '@parta/contracts-journal';
import type { Envelope } from '@parta/platform-contract';
import { Bus, type LiveWord } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';

interface ChangedJournal {
  schoolId: string;
  groupId: string;
  /** YYYY-MM-DD; null when more than one day changed */
  date: string | null;
}

/** That a group's journal is new, of the facts that say so: their relay tells open pages. */
export function journalWordOf({ type, schoolId, data }: Envelope): LiveWord | null {
  if (type !== lessonEntriesRecorded.type && type !== lessonDescribed.type) return null;
  const { groupId, date } = data as { groupId: string; date: string };
  return wordOf({ schoolId: schoolId!, groupId, date });
}

function wordOf({ schoolId, groupId, date }: ChangedJournal): LiveWord {
  const change: JournalChanged = { kind: 'journal', schoolId, groupId, date };
  return { subject: journalChangedSubject(schoolId, groupId), change };
}

/**
 * Tells open pages, after the commit, that a group's journal is new where no fact says so. Nobody may be listening; nothing is
 * kept.
 */
@Injectable()
export class LiveUpdates {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  journal(changed: ChangedJournal): void {
    const { subject, change } = wordOf(changed);
    this.database.afterCommit(() => this.bus.nats.publish(subject, JSON.stringify(change)));
  }
}
