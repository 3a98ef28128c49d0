import { Controller } from '@nestjs/common';
import { setHours, type SetHours } from '@parta/contracts-notifications';
import { InvalidInput } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { isQuietAt } from '../../notices/timing.js';
import { ownPersonAsGuardian } from '../family.access.js';

@Controller()
export class SetHoursHandler {
  constructor(private readonly database: Database) {}

  /** Messages already waiting keep their time. */
  @Handles(setHours)
  async execute(@Input() input: SetHours, @Caller() actor: Actor): Promise<SetHours> {
    const personId = ownPersonAsGuardian(actor, input.schoolId);
    if (isQuietAt(input.digestAt, input))
      throw new InvalidInput(
        [
          {
            field: 'digestAt',
            code: 'notifications.digest-in-quiet-hours',
            message: 'the day’s message is not sent in the quiet hours',
          },
        ],
        'notifications.digest-in-quiet-hours',
      );
    await this.database.run(sql`
      insert into hours (school_id, person_id, quiet_from, quiet_to, digest_at)
      values (${input.schoolId}, ${personId}, ${input.quietFrom}, ${input.quietTo}, ${input.digestAt})
      on conflict (school_id, person_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        digest_at = excluded.digest_at`);
    const { schoolId, quietFrom, quietTo, digestAt } = input;
    return { schoolId, quietFrom, quietTo, digestAt };
  }
}
