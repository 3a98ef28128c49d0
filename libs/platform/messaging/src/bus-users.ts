import { streamOf } from './bus.js';

/** Who connects to the bus, and what for: everything a user may do there follows from it. */
export interface BusUser {
  /** the user's name; of a service its own */
  name: string;
  /** the service whose operations it answers and whose facts it publishes; none for the gateway */
  service?: string;
  /** services whose facts it hears */
  hears?: readonly string[];
  /** object stores whose files it keeps or reads */
  buckets?: readonly string[];
  /** it asks services, and passes on what open pages are told */
  isEdge?: boolean;
}

/** What NATS is told of a user: subjects it may publish to and hear. */
export interface BusPermissions {
  publish: readonly string[];
  subscribe: readonly string[];
}

/** The beginning of the subjects at which a user gets answers. Nobody else may hear them: they hold what was asked for. */
export const inboxPrefixOf = (user: string): string => `_INBOX_${user}`;

/**
 * The subjects that a user needs, and no others: a service answers its own operations, publishes its own facts and hears the
 * streams it has a copy of. Who may answer a request is left to NATS (`allow_responses`).
 */
export function permissionsOf({ name, service, hears = [], buckets = [], isEdge }: BusUser): BusPermissions {
  const own = service
    ? [`evt.${service}.>`, `live.${service}.>`, `wake.${service}.>`, ...streamAdministration(service)]
    : [];
  return {
    publish: [
      '$JS.API.INFO',
      ...own,
      ...hears.flatMap((producer) => hearing(name, producer)),
      ...buckets.flatMap(keeping),
      ...(isEdge ? ['rpc.>'] : []),
    ],
    subscribe: [
      `${inboxPrefixOf(name)}.>`,
      ...(service ? [`rpc.${service}.>`, `wake.${service}.>`] : []),
      ...(isEdge ? ['live.>'] : []),
    ],
  };
}

/** A service looks after the stream of its facts. It may not take anything out of it. */
const streamAdministration = (service: string): string[] =>
  ['CREATE', 'INFO', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${streamOf(service)}`);

/** A consumer makes the stream of its producer where it is not there yet; what is there it cannot change. */
function hearing(consumer: string, producer: string): string[] {
  const stream = streamOf(producer);
  const durable = `${consumer}__${producer}`;
  return [
    `$JS.API.STREAM.CREATE.${stream}`,
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

function keeping(bucket: string): string[] {
  const stream = `OBJ_${bucket}`;
  return [
    `$O.${bucket}.>`,
    ...['CREATE', 'INFO', 'UPDATE', 'PURGE', 'MSG.GET', 'MSG.DELETE'].map(
      (verb) => `$JS.API.STREAM.${verb}.${stream}`,
    ),
    `$JS.API.DIRECT.GET.${stream}`,
    `$JS.API.DIRECT.GET.${stream}.>`,
    `$JS.API.CONSUMER.CREATE.${stream}`,
    ...['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map(
      (verb) => `$JS.API.CONSUMER.${verb}.${stream}.>`,
    ),
    `$JS.ACK.${stream}.>`,
    `$JS.FC.${stream}.>`,
  ];
}

/** For how long after a request its service may answer. The longest operation takes less. */
const ANSWER_WITHIN = '5m';

/**
 * The authorization part of a nats-server's configuration: these users with these passwords, and nobody else.
 * @param operator a user who may do everything: tools of the installation, such as a rebuild
 */
export function busConfiguration(
  users: readonly BusUser[],
  passwordOf: (user: string) => string,
  operator: string,
): string {
  const quoted = JSON.stringify;
  const entries = users.map((user) => {
    const { publish, subscribe } = permissionsOf(user);
    return `    { user: ${quoted(user.name)}, password: ${quoted(passwordOf(user.name))}, permissions: {
        publish: { allow: ${quoted(publish)} },
        subscribe: { allow: ${quoted(subscribe)} },
        allow_responses: { max: 1, expires: "${ANSWER_WITHIN}" } } }`;
  });
  entries.push(`    { user: ${quoted(operator)}, password: ${quoted(passwordOf(operator))} }`);
  return `authorization {\n  users: [\n${entries.join('\n')}\n  ]\n}\n`;
}

/** The addresses with a user's name and password in each, as `natsOptions` reads them. */
export const urlFor = (url: string, user: string, password: string): string =>
  url
    .split(',')
    .map((one) => {
      const address = new URL(one.trim());
      address.username = user;
      address.password = password;
      return address.href.replace(/\/$/, '');
    })
    .join(',');
