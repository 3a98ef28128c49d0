import { Controller } from '@nestjs/common';
import { ClientList, ClientRow, listClients } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { Handles } from '@parta/platform-rpc';
import { iso } from '../../iso.js';

@Controller()
export class ListClientsHandler {
  constructor(private readonly database: Database) {}

  @Handles(listClients)
  async handle(): Promise<ClientList> {
    const clients = await this.database.rows<ClientRow>(sql`
      select id as "clientId", name, scopes, is_blocked as "isBlocked", ${iso('registered_at')} as "registeredAt",
        ${iso('last_token_at')} as "lastTokenAt"
      from clients order by name, id limit 500`);
    return { clients };
  }
}
