import { Controller } from '@nestjs/common';
import { confirmContact, type ConfirmContact, type ContactView } from '@parta/contracts-notifications';
import { Conflict, InvalidInput } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Call, Caller, Clock, Handles, Input, type Actor, type CallContext } from '@parta/platform-rpc';
import { NotificationsSettings } from '../../notifications.settings.js';
import { ownPersonAsGuardian } from '../../settings/family.access.js';
import { contactNow } from '../contact-rows.js';
import { ContactCodes } from '../contact-codes.js';
import { Consents } from '../consents.js';
import { CONSENT_VERSION } from '../consent-texts.js';

@Controller()
export class ConfirmContactHandler {
  constructor(
    private readonly database: Database,
    private readonly codes: ContactCodes,
    private readonly consents: Consents,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  /** A unit of work of its own: a wrong guess is counted although it is refused. */
  @Handles(confirmContact, { unitOfWork: 'own' })
  async execute(
    @Input() input: ConfirmContact,
    @Caller() actor: Actor,
    @Call() { request }: CallContext,
  ): Promise<ContactView> {
    const { schoolId, channel } = input;
    const personId = ownPersonAsGuardian(actor, schoolId);
    if (input.consentVersion !== CONSENT_VERSION)
      throw new Conflict('notifications.consent-text-changed', 'another edition of the text is in force', {
        consentVersion: CONSENT_VERSION,
      });
    const now = this.clock.now();
    const outcome = await this.database.write({ schools: [schoolId] }, async () => {
      const used = await this.codes.use({ schoolId, personId, channel }, input.code, now);
      if (typeof used === 'string') return used;
      await this.consents.give(
        {
          schoolId,
          personId,
          channel,
          accountId: actor.id,
          how: 'code',
          ipAddress: request.address,
          userAgent: request.userAgent,
        },
        used.address,
        now,
      );
      return contactNow(this.database, this.settings, schoolId, personId, channel);
    });
    if (outcome === 'expired')
      throw new Conflict('notifications.code-expired', 'there is no code to confirm; ask for a new one');
    if (outcome === 'wrong') throw wrongCode();
    return outcome;
  }
}

const wrongCode = (): InvalidInput =>
  new InvalidInput(
    [{ field: 'code', code: 'notifications.code-wrong', message: 'this is not the code that was sent' }],
    'notifications.code-wrong',
  );
