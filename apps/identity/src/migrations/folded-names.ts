import { Migration } from '@mikro-orm/migrations';
import { foldingFunction } from '@parta/platform-persistence';

/** People are searched whatever the spelling of their names. The column's expression cannot be changed before PostgreSQL 17. */
export class IdentityFoldedNames extends Migration {
  override up(): void {
    this.addSql(foldingFunction('identity'));
    this.addSql('alter table identity.people drop column search_text');
    this.addSql(`alter table identity.people add column search_text text not null generated always as
      (identity.folded(family_name || ' ' || given_name || ' ' || coalesce(middle_name, ''))) stored`);
  }
}
