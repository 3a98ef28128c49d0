import { Controller } from '@nestjs/common';
import {
  getSubscription,
  unsubscribe,
  type SubscriptionView,
  type UnsubscribeToken,
} from '@parta/contracts-notifications';
import type { Done } from '@parta/platform-contract';
import { NotFound } from '@parta/platform-errors';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { Call, Clock, Handles, Input, type CallContext } from '@parta/platform-rpc';
import { maskedAddress } from '../addresses.js';
import { Consents, tokenHash } from '../consents.js';

/** The link in a letter: whoever holds it may stop the letters, and nothing else. */
@Controller()
export class UnsubscribeHandler {
  constructor(
    private readonly database: Database,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  @Handles(getSubscription, { unitOfWork: 'own' })
  async show(@Input() { token }: UnsubscribeToken): Promise<SubscriptionView> {
    const { schoolId, personId } = await this.ownerOf(token);
    const found = await this.database.read({ schools: [schoolId] }, () =>
      this.database.row<{ schoolName: string; address: string; state: string }>(sql`
        select s.name as "schoolName", c.address, case when c.state = 'open' then 'open' else 'closed' end as state
        from contacts c join schools s on s.school_id = c.school_id
        where c.school_id = ${schoolId} and c.person_id = ${personId} and c.channel = 'email'`),
    );
    if (!found) throw notFound();
    return { schoolName: found.schoolName, maskedAddress: maskedAddress(found.address), state: found.state };
  }

  /** Repeating it is no error: providers do. */
  @Handles(unsubscribe, { unitOfWork: 'own' })
  async execute(@Input() { token }: UnsubscribeToken, @Call() { request }: CallContext): Promise<Done> {
    const owner = await this.ownerOf(token);
    await this.database.write({ schools: [owner.schoolId] }, () =>
      this.consents.takeBack(
        {
          ...owner,
          channel: 'email',
          accountId: null,
          how: 'letter-link',
          ipAddress: request.address,
          userAgent: request.userAgent,
        },
        this.clock.now(),
      ),
    );
    return {};
  }

  private async ownerOf(token: string): Promise<{ schoolId: string; personId: string }> {
    const owner = await this.database.read(NO_SCHOOL, () =>
      this.database.row<{ schoolId: string; personId: string }>(sql`
        select school_id as "schoolId", person_id as "personId" from unsubscribe_tokens
        where token_hash = ${tokenHash(token)}`),
    );
    if (!owner) throw notFound();
    return owner;
  }
}

const notFound = (): NotFound => new NotFound('notifications.subscription-not-found', 'no such subscription');
