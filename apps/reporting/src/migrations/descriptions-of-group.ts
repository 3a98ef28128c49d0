import { Migration } from '@mikro-orm/migrations';

/** A journal asks for the topics of its group between two dates, of lessons that no list names too. */
export class ReportingDescriptionsOfGroup extends Migration {
  override up(): void {
    this.addSql(
      'create index lesson_descriptions_of_group on lesson_descriptions (school_id, group_id, date)',
    );
  }
}
