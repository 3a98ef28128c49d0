import { Controller } from '@nestjs/common';
import { closeContact, type CloseContact, type ContactView } from '@parta/contracts-notifications';
import { Conflict } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Call, Caller, Clock, Handles, Input, type Actor, type CallContext } from '@parta/platform-rpc';
import { NotificationsSettings } from '../../notifications.settings.js';
import { ownPersonAsGuardian } from '../../settings/family.access.js';
import { contactNow } from '../contact-rows.js';
import { Consents } from '../consents.js';

@Controller()
export class CloseContactHandler {
  constructor(
    private readonly database: Database,
    private readonly consents: Consents,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  @Handles(closeContact)
  async execute(
    @Input() { schoolId, channel }: CloseContact,
    @Caller() actor: Actor,
    @Call() { request }: CallContext,
  ): Promise<ContactView> {
    const personId = ownPersonAsGuardian(actor, schoolId);
    const closed = await this.consents.takeBack(
      {
        schoolId,
        personId,
        channel,
        accountId: actor.id,
        how: 'settings',
        ipAddress: request.address,
        userAgent: request.userAgent,
      },
      this.clock.now(),
    );
    if (!closed) throw new Conflict('notifications.contact-not-open', 'there is no consent to take back');
    return contactNow(this.database, this.settings, schoolId, personId, channel);
  }
}
