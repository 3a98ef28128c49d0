import { operations } from '@parta/gateway/operations';
import { busConfiguration, urlFor, UPLOADS, type BusUser } from '@parta/platform-messaging';
import { passwordOfBusUser, type Secrets } from './secrets.js';
import { services } from './services.js';

/** The user of tools of the installation, who may do everything on the bus. */
export const BUS_OPERATOR = 'operator';

/** Every service and the gateway as users of NATS, as their definitions and the contracts say. */
export function busUsers(secrets: Secrets): BusUser[] {
  const definitions = services({ secrets, timeZone: 'UTC' });
  const downloads = operations.flatMap(({ http }) => http?.download?.bucket ?? []);
  return [
    ...definitions.map(({ name, hears = [], buckets = [] }) => ({ name, service: name, hears, buckets })),
    { name: 'gateway', isEdge: true, buckets: [...new Set([UPLOADS.bucket, ...downloads])] },
  ];
}

/** What an embedded NATS is told of its users. */
export const busLock = (secrets: Secrets) => ({
  configuration: busConfiguration(
    busUsers(secrets),
    (user) => passwordOfBusUser(secrets, user),
    BUS_OPERATOR,
  ),
  user: { name: BUS_OPERATOR, password: passwordOfBusUser(secrets, BUS_OPERATOR) },
});

/** The address of the embedded NATS for one of its users. */
export const busUrlOf = (url: string, secrets: Secrets, user: string): string =>
  urlFor(url, user, passwordOfBusUser(secrets, user));
