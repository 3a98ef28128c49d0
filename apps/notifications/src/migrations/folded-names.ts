import { Migration } from '@mikro-orm/migrations';
import { foldingFunction } from '@parta/platform-persistence';

/** Guardians and children are searched whatever the spelling of their names. */
export class NotificationsFoldedNames extends Migration {
  override up(): void {
    this.addSql(foldingFunction('notifications'));
    this.addSql(
      'alter table guardians add column search_text text not null generated always as (notifications.folded(name)) stored',
    );
    this.addSql(`alter table students add column search_text text not null generated always as
      (notifications.folded(family_name || ' ' || given_name)) stored`);
  }
}
