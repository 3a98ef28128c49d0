import { Migration } from '@mikro-orm/migrations';
import { platformTables } from '@parta/platform-persistence';

const SCHEMA = 'reporting';

export class ReportingInitialSchema extends Migration {
  override up(): void {
    for (const statement of platformTables(SCHEMA)) this.addSql(statement);
  }
}
