import type { ServiceDefinition } from '@parta/platform-rpc';
import { Account } from './accounts/domain/account.entity.js';
import { Client } from './clients/domain/client.entity.js';
import { RoleGrant } from './grants/domain/role-grant.entity.js';
import { IdentityModule } from './identity.module.js';
import { IdentitySettings, type IdentityConfig } from './identity.settings.js';
import { subscriptions } from './integration/subscriptions.js';
import { Invitation } from './invitations/domain/invitation.entity.js';
import { Session } from './sessions/domain/session.entity.js';

export { DEMO_PASSWORD, demoPasswordOf, firstOperatorOf, livesOf } from './identity.config.js';
export { identityMigrations } from './migrations/migrations.js';
export type { IdentityConfig } from './identity.settings.js';

/** Accounts, sign-in, sessions, invitations, roles and regional systems. */
export function identityService(config: IdentityConfig): ServiceDefinition {
  return {
    name: 'identity',
    module: IdentityModule,
    entities: [Account, Session, Invitation, RoleGrant, Client],
    hears: ['contingent'],
    subscriptions,
    providers: [{ provide: IdentitySettings, useValue: new IdentitySettings(config) }],
  };
}
