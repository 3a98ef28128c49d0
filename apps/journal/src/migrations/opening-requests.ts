import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity } from '@parta/platform-persistence';

/** Requests to open a lesson after its entry window, and until when a lesson is open because of one. */
export class JournalOpeningRequests extends Migration {
  override up(): void {
    for (const statement of [
      'alter table lessons add column opened_until date',
      `create table opening_requests (school_id uuid not null, id uuid not null, lesson_id uuid not null,
        reason text not null, asked_at timestamptz not null, account_id uuid not null, asked_by text not null,
        state text not null, open_until date, answer text, decided_at timestamptz, decided_by text,
        primary key (school_id, id))`,
      "create unique index opening_requests_waiting on opening_requests (school_id, lesson_id) where state = 'asked'",
      'create index opening_requests_of_lesson on opening_requests (school_id, lesson_id, asked_at)',
      'create index opening_requests_by_time on opening_requests (school_id, asked_at)',
      ...enableRowLevelSecurity('journal', 'opening_requests'),
    ]) {
      this.addSql(statement);
    }
  }
}
