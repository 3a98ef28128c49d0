import { Controller } from '@nestjs/common';
import { ClientCredentials, registerClient, RegisterClient } from '@parta/contracts-identity';
import { Database, NO_SCHOOL } from '@parta/platform-persistence';
import { Actor, Caller, Clock, Handles, Input } from '@parta/platform-rpc';
import { AccountEvents } from '../../accounts/account-events.js';
import { Client } from '../domain/client.entity.js';

/** Registers a regional system. Its secret must not be kept as the answer to an idempotency key, hence no platform unit of work. */
@Controller()
export class RegisterClientHandler {
  constructor(
    private readonly database: Database,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  @Handles(registerClient, { unitOfWork: 'own' })
  async handle(@Input() input: RegisterClient, @Caller() actor: Actor): Promise<ClientCredentials> {
    const at = this.clock.now();
    const { client, secret } = Client.register({ ...input, registeredBy: actor.id }, at);
    await this.database.write(NO_SCHOOL, async () => {
      this.database.em.persist(client);
      this.events.record('client-registered', { at, by: actor, reason: client.id });
    });
    return { clientId: client.id, clientSecret: secret };
  }
}
