import { operations } from '@parta/gateway/operations';
import { busConfiguration, urlFor, UPLOADS, type BusUser } from '@parta/platform-messaging';
import { passwordOfBusUser, type Secrets } from './secrets.js';
import { services } from './services.js';

/** The user of tools of the installation, who may do everything on the bus. */
export const BUS_OPERATOR = 'operator';

/** Whom the nodes of a cluster know each other by. */
const ROUTES = 'routes';

/** Every service and the gateway as users of NATS, as their definitions and the contracts say. */
export function busUsers(secrets: Secrets): BusUser[] {
  const definitions = services({ secrets, timeZone: 'UTC' });
  const downloads = operations.flatMap(({ http }) => http?.download?.bucket ?? []);
  return [
    ...definitions.map(({ name, hears = [], buckets = [] }) => ({ name, service: name, hears, buckets })),
    { name: 'gateway', isEdge: true, buckets: [...new Set([UPLOADS.bucket, ...downloads])] },
  ];
}

/**
 * The configuration of a NATS in a container, and in a cluster of each of its nodes: routes are opened with a password as well.
 * @param nodes hosts of the nodes; none of a single server
 */
export function busConfigurationOf(secrets: Secrets, nodes: readonly string[]): string {
  const { configuration } = busLock(secrets);
  // Three quarters of the free disk would be the bound otherwise, and after a restart a stream that was promised more is left away.
  const server = 'port: 4222\nhttp: 8222\njetstream { store_dir: "/data", max_file_store: 1TB }\n';
  if (nodes.length === 0) return server + configuration;
  const password = passwordOfBusUser(secrets, ROUTES);
  const routes = nodes.map((node) => `nats://${ROUTES}:${password}@${node}:6222`);
  return `${server}cluster {
  name: parta
  listen: "0.0.0.0:6222"
  authorization { user: ${ROUTES}, password: ${JSON.stringify(password)}, timeout: 5 }
  routes: ${JSON.stringify(routes)}
}
${configuration}`;
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
