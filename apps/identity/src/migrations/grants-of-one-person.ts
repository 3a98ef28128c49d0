import { Migration } from '@mikro-orm/migrations';

/**
 * Roles asked for one person at a time. For lists of schools and people the kept plan expects ten of each and reads all the
 * people of a school; for one person it finds each record by its key. The function of the lists stays for a version before
 * this one that runs on during an upgrade.
 */
export class IdentityGrantsOfOnePerson extends Migration {
  override up(): void {
    this.addSql(`
      create function identity.grants_of(school uuid, person uuid) returns setof identity.person_grants
        language plpgsql stable set plan_cache_mode = 'force_generic_plan' as $$
        begin
          return query select * from identity.person_grants where school_id = school and person_id = person;
        end $$`);
  }
}
