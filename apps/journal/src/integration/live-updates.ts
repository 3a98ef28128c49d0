import { Injectable } from '@nestjs/common';
import { journalChangedSubject, type JournalChanged } from '@parta/contracts-journal';
import { Bus } from '@parta/platform-messaging';
import { Database } from '@parta/platform-persistence';

/** Tells open pages, after the commit, that a group's journal is new. Nobody may be listening; nothing is kept. */
@Injectable()
export class LiveUpdates {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  journal({ schoolId, groupId, date }: { schoolId: string; groupId: string; date: string | null }): void {
    const change: JournalChanged = { kind: 'journal', schoolId, groupId, date };
    this.database.afterCommit(() =>
      this.bus.nats.publish(journalChangedSubject(schoolId, groupId), JSON.stringify(change)),
    );
  }
}
