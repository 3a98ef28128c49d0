import { Migration } from '@mikro-orm/migrations';

/**
 * A place whose record, person or group is gone is told from one that ends with today: the latter is still open. Where
 * that has been is known with the next roster that touches the school.
 */
export class ContingentGonePlaces extends Migration {
  override up(): void {
    for (const table of ['enrolments', 'teaching_assignments'])
      this.addSql(`alter table contingent.${table} add column is_gone boolean not null default false`);
  }
}
