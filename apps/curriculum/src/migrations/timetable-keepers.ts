import { Migration } from '@mikro-orm/migrations';
import { enableRowLevelSecurity } from '@parta/platform-persistence';

/** Which system keeps a school's timetable, and the school's id in its source. */
export class CurriculumTimetableKeepers extends Migration {
  override up(): void {
    for (const statement of [
      `alter table schools add column sourced_id text`,
      `create table timetable_keepers (
        school_id uuid primary key, client_id text not null, taken_at timestamptz not null
      )`,
      ...enableRowLevelSecurity('curriculum', 'timetable_keepers'),
    ])
      this.addSql(statement);
  }
}
