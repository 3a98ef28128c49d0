import { Migration } from '@mikro-orm/migrations';

/**
 * Low marks are told by the choice of low marks alone. Whoever has chosen how to hear of marks and nothing about low ones
 * heard of both, and goes on to: the choice of marks is copied. A family that has a choice of low marks by any channel keeps
 * it as it is.
 */
export class NotificationsLowMarksApart extends Migration {
  override up(): void {
    for (const statement of [
      // The owner of the table reads all schools' rows for this one statement.
      'alter table choices no force row level security',
      `insert into choices (school_id, person_id, student_id, kind, channel, delivery)
        select c.school_id, c.person_id, c.student_id, 'low-mark', c.channel, c.delivery from choices c
        where c.kind = 'mark' and not exists (
          select 1 from choices low where low.school_id = c.school_id and low.student_id = c.student_id
            and low.person_id = c.person_id and low.kind = 'low-mark')
        on conflict do nothing`,
      'alter table choices force row level security',
    ]) {
      this.addSql(statement);
    }
  }
}
