import { Migration } from '@mikro-orm/migrations';

/**
 * The index of pupils by their enrolments did not begin with the school, and never served: `@>` of JSON is not leakproof, so
 * under row-level security PostgreSQL looks at the school first and the index cannot.
 */
export class ReportingNoIndexOfEnrolments extends Migration {
  override up(): void {
    this.addSql('drop index students_by_enrolment');
  }
}
