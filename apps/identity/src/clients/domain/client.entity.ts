import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';

const ClientSchema = defineEntity({
  name: 'Client',
  tableName: 'clients',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    scopes: p.array(),
    secretHash: p.blob().hidden(),
    isBlocked: p.boolean(),
    registeredAt: p.datetime(),
    registeredBy: p.uuid(),
    version: p.integer().version(),
  },
});

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A regional system that calls the API on its own behalf, with an OAuth 2.0 client id and secret. */
export class Client extends ClientSchema.class {
  /** The secret is 256 random bits and shown once, so a plain hash of it keeps it as safe as a slow one would. */
  static register(
    given: { name: string; scopes: string[]; registeredBy: string },
    at: Date,
  ): { client: Client; secret: string } {
    const client = new Client();
    const secret = randomBytes(32).toString('base64url');
    client.id = uuidv7();
    client.name = given.name;
    client.scopes = given.scopes;
    client.secretHash = hashOf(secret);
    client.isBlocked = false;
    client.registeredAt = at;
    client.registeredBy = given.registeredBy;
    return { client, secret };
  }

  /** Whether the secret is the client's and the client is not blocked. */
  isProvenBy(secret: string): boolean {
    return timingSafeEqual(hashOf(secret), this.secretHash) && !this.isBlocked;
  }

  /**
   * The scopes to grant for a request.
   * @param requested space-separated; all allowed ones if empty
   * @returns null when something is asked for that the client may not do
   */
  grantedScopes(requested: string | undefined): string[] | null {
    const wanted = [...new Set((requested ?? '').split(' ').filter(Boolean))];
    if (wanted.length === 0) return this.scopes;
    return wanted.every((scope) => this.scopes.includes(scope)) ? wanted : null;
  }
}
ClientSchema.setClass(Client);
