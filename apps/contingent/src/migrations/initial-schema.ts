import { Migration } from '@mikro-orm/migrations';
import { platformTables } from '@parta/platform-persistence';
import { rosterTables } from './roster-tables.js';
import { schoolTables } from './school-tables.js';
import { textFunctions } from './text-functions.js';

const SCHEMA = 'contingent';

export class InitialSchema20261121 extends Migration {
  override up(): void {
    for (const statement of [
      ...platformTables(SCHEMA),
      ...textFunctions(SCHEMA),
      ...rosterTables(SCHEMA),
      ...schoolTables(SCHEMA),
    ])
      this.addSql(statement);
  }
}
