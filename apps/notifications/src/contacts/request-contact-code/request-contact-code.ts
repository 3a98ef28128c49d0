import { Controller } from '@nestjs/common';
import {
  requestContactCode,
  type ContactCodeSent,
  type RequestContactCode,
} from '@parta/contracts-notifications';
import { Conflict } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { NotificationsSettings } from '../../notifications.settings.js';
import { ownPersonAsGuardian } from '../../settings/family.access.js';
import { normalisedAddress } from '../addresses.js';
import { ContactCodes } from '../contact-codes.js';

@Controller()
export class RequestContactCodeHandler {
  constructor(
    private readonly database: Database,
    private readonly codes: ContactCodes,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  @Handles(requestContactCode)
  async execute(@Input() input: RequestContactCode, @Caller() actor: Actor): Promise<ContactCodeSent> {
    const { schoolId, channel } = input;
    const personId = ownPersonAsGuardian(actor, schoolId);
    if (!this.settings.has(channel))
      throw new Conflict(
        'notifications.channel-unavailable',
        'this installation does not send by this channel',
      );
    const address = normalisedAddress(channel, input.address);
    const school = await this.database.row<{ name: string }>(
      sql`select s.name from guardians g join schools s on s.school_id = g.school_id
        where g.school_id = ${schoolId} and g.id = ${personId} for update of g`,
    );
    if (!school)
      throw new Conflict('notifications.guardian-not-known', 'the directory has no such guardian yet');
    const { expiresAt, nextCodeAt } = await this.codes.send(
      { schoolId, personId, channel },
      address,
      school.name,
      this.clock.now(),
    );
    return { address, expiresAt: expiresAt.toISOString(), nextCodeAt: nextCodeAt.toISOString() };
  }
}
