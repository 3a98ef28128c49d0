import { Migration } from '@mikro-orm/migrations';

/**
 * Whoever signs in or comes back is asked for the roles, and planning that view took longer than all the rest. People are found
 * by their keys, so that one plan is right for everybody.
 */
export class IdentityGrantsKeepTheirPlan extends Migration {
  override up(): void {
    this.addSql(
      `alter function identity.grants_of(uuid[], uuid[]) set plan_cache_mode = 'force_generic_plan'`,
    );
  }
}
