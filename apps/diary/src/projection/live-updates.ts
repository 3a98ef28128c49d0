import { Injectable } from '@nestjs/common';
import { diaryChangedSubject, type DiaryChanged } from '@parta/contracts-diary';
import { Bus } from '@parta/platform-messaging';
import { Database, sql } from '@parta/platform-persistence';

/** Tells open pages, after the commit, that a pupil's day is new. Nobody may be listening; nothing is kept. */
@Injectable()
export class LiveUpdates {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {}

  student(kind: DiaryChanged['kind'], schoolId: string, studentId: string, date: string | null): void {
    const change: DiaryChanged = { kind, schoolId, studentId, date };
    this.database.afterCommit(() =>
      this.bus.nats.publish(diaryChangedSubject(schoolId, studentId), JSON.stringify(change)),
    );
  }

  /** Everybody who learns in the group. */
  async group(
    kind: DiaryChanged['kind'],
    schoolId: string,
    groupId: string,
    date: string | null,
  ): Promise<void> {
    const pupils = await this.database.rows<{ id: string }>(sql`
      select distinct student_id as id from enrolments where school_id = ${schoolId} and group_id = ${groupId}`);
    for (const { id } of pupils) this.student(kind, schoolId, id, date);
  }
}
