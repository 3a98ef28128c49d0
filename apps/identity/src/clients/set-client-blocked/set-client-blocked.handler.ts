import { Controller } from '@nestjs/common';
import { setClientBlocked, SetClientBlocked } from '@parta/contracts-identity';
import { Done } from '@parta/platform-contract';
import { NotFound } from '@parta/platform-errors';
import { Database } from '@parta/platform-persistence';
import { Actor, Caller, Clock, Handles, Input } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { Client } from '../domain/client.entity.js';

@Controller()
export class SetClientBlockedHandler {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(setClientBlocked)
  async handle(@Input() input: SetClientBlocked, @Caller() actor: Actor): Promise<Done> {
    const client = await this.database.em.findOne(Client, input.clientId);
    if (!client) throw new NotFound('identity.client-not-found', 'no such regional system');
    client.isBlocked = input.isBlocked;
    this.events.record(input.isBlocked ? 'client-blocked' : 'client-unblocked', {
      at: this.clock.now(),
      by: actor,
      reason: client.id,
    });
    return {};
  }
}
