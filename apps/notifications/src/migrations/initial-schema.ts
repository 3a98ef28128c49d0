import { Migration } from '@mikro-orm/migrations';
import { platformTables } from '@parta/platform-persistence';

const SCHEMA = 'notifications';

export class NotificationsInitialSchema extends Migration {
  override up(): void {
    for (const statement of platformTables(SCHEMA)) this.addSql(statement);
  }
}
