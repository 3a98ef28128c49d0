import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createInbox, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { contingentFacts } from '@parta/contracts-contingent';
import { curriculumFacts } from '@parta/contracts-curriculum';
import { identityFacts } from '@parta/contracts-identity';
import { journalFacts } from '@parta/contracts-journal';
import { subjectOf } from '@parta/platform-contract';
import { freePort, startEmbeddedNats, type EmbeddedServer } from '@parta/platform-embedded';
import { Bus, inboxPrefixOf, natsOptions } from '@parta/platform-messaging';
import { busConfigurationOf, busLock, busUrlOf, busUsers } from '../src/bus-lock.js';
import { passwordOfBusUser, secretsIn, type Secrets } from '../src/secrets.js';
import { everyOperation } from './authorisation/bed.js';

const SERVICES = ['identity', 'contingent', 'curriculum', 'journal', 'diary', 'notifications', 'reporting'];
const facts = [...contingentFacts, ...curriculumFacts, ...identityFacts, ...journalFacts];
const schoolId = randomUUID();

let folder: string;
let server: EmbeddedServer;
let secrets: Secrets;
const connections = new Map<string, NatsConnection>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parta-bus-'));
  secrets = await secretsIn(join(folder, 'secrets.json'));
  server = await startEmbeddedNats({
    storeDir: join(folder, 'nats'),
    cacheDir: join(tmpdir(), 'parta-test-cache'),
    port: await freePort(),
    ...busLock(secrets),
  });
  for (const user of [...SERVICES, 'gateway'])
    connections.set(user, await connect(natsOptions(busUrlOf(server.url, secrets, user), user)));
}, 60_000);

afterAll(async () => {
  for (const one of connections.values()) await one.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The subjects that NATS refuses a user to publish to. */
async function refusedToPublish(user: string, subjects: readonly string[]): Promise<Set<string>> {
  const connection = await connect(natsOptions(busUrlOf(server.url, secrets, user), user));
  const refused = new Set<string>();
  const watching = (async () => {
    for await (const status of connection.status())
      if (status.type === 'error' && status.error instanceof PermissionViolationError)
        refused.add(status.error.subject);
  })();
  for (const subject of subjects) connection.publish(subject, '{}');
  await connection.flush();
  // What the server has against a message comes before the answer to the flush after it.
  await connection.flush();
  await connection.close();
  await watching;
  return refused;
}

async function refusedToHear(user: string, subjects: readonly string[]): Promise<Set<string>> {
  const connection = connections.get(user)!;
  const refused = new Set<string>();
  const subscriptions = subjects.map((subject) =>
    connection.subscribe(subject, {
      callback: (error) => {
        if (error instanceof PermissionViolationError) refused.add(subject);
      },
    }),
  );
  await connection.flush();
  await connection.flush();
  for (const one of subscriptions) if (!one.isClosed()) one.unsubscribe();
  return refused;
}

const requests = everyOperation()
  .filter(({ service }) => service !== 'gateway')
  .map(({ service, subject }) => ({ owner: service, subject }));
const told = facts.map((fact) => ({ owner: fact.service, subject: subjectOf(fact.type, schoolId) }));
const words = SERVICES.flatMap((owner) => [
  { owner, subject: `live.${owner}.${schoolId}.${schoolId}` },
  { owner, subject: `wake.${owner}.outbox` },
]);

describe('each user of the bus is refused every subject that is not its own', () => {
  it.each(SERVICES)('%s publishes its own facts and words, and asks nobody', async (user) => {
    const subjects = [...requests, ...told, ...words];
    const refused = await refusedToPublish(
      user,
      subjects.map(({ subject }) => subject),
    );
    for (const { owner, subject } of told)
      expect([subject, refused.has(subject)]).toEqual([subject, owner !== user]);
    for (const { owner, subject } of words)
      expect([subject, refused.has(subject)]).toEqual([subject, owner !== user]);
    for (const { subject } of requests) expect([subject, refused.has(subject)]).toEqual([subject, true]);
  });

  it('the gateway asks every service, and tells nothing of its own', async () => {
    const refused = await refusedToPublish(
      'gateway',
      [...requests, ...told, ...words].map(({ subject }) => subject),
    );
    for (const { subject } of requests) expect([subject, refused.has(subject)]).toEqual([subject, false]);
    for (const { subject } of [...told, ...words])
      expect([subject, refused.has(subject)]).toEqual([subject, true]);
  });

  it.each([...SERVICES, 'gateway'])('%s hears no requests, answers or facts of others', async (user) => {
    const inboxes = [...SERVICES, 'gateway', 'operator'].map((owner) => ({
      owner,
      subject: `${inboxPrefixOf(owner)}.>`,
    }));
    const subjects = [...requests, ...inboxes].map(({ subject }) => subject);
    const everything = ['>', '*.>', 'rpc.>', 'evt.>', '_INBOX.>', '$JS.>', '$SYS.>', '$O.>', 'evt.*.*.*.*.*'];
    const refused = await refusedToHear(user, [...subjects, ...everything]);
    for (const { owner, subject } of [...requests, ...inboxes])
      expect([subject, refused.has(subject)]).toEqual([subject, owner !== user]);
    for (const subject of everything) expect([subject, refused.has(subject)]).toEqual([subject, true]);
  });

  it.each([...SERVICES, 'gateway'])(
    '%s takes nothing out of a stream, nor changes another’s',
    async (user) => {
      const mine = busUsers(secrets).find((one) => one.name === user)!;
      const streams = SERVICES.map((service) => `EVT_${service}`);
      const subjects = streams.flatMap((stream) => [
        ...['DELETE', 'PURGE', 'MSG.DELETE', 'MSG.GET', 'SNAPSHOT', 'RESTORE'].map(
          (verb) => `$JS.API.STREAM.${verb}.${stream}`,
        ),
        ...(stream === `EVT_${mine.service}` ? [] : [`$JS.API.STREAM.UPDATE.${stream}`]),
        `$JS.API.CONSUMER.CREATE.${stream}`,
        `$JS.API.CONSUMER.CREATE.${stream}.spy`,
        `$JS.API.CONSUMER.DELETE.${stream}.diary__journal`,
        `$JS.API.DIRECT.GET.${stream}`,
      ]);
      const refused = await refusedToPublish(user, subjects);
      expect(subjects.filter((subject) => !refused.has(subject))).toEqual([]);
    },
  );
});

describe('the bus', () => {
  it('lets nobody in without a password', async () => {
    await expect(connect({ servers: server.url, reconnect: false })).rejects.toThrow(/authorization/i);
    await expect(
      connect({ servers: server.url, user: 'journal', pass: 'guess', reconnect: false }),
    ).rejects.toThrow(/authorization/i);
  });

  it('keeps its passwords where their owner alone may read them', async () => {
    expect((await stat(join(folder, 'nats.conf'))).mode & 0o077).toBe(0);
  });

  it('knows a user by the password in a file, as containers have it', async () => {
    const file = join(folder, 'nats-password');
    await writeFile(file, `${passwordOfBusUser(secrets, 'diary')}\n`);
    const env = { NATS_USER: 'diary', NATS_PASSWORD_FILE: file };
    const connection = await connect(natsOptions(server.url, 'test', env));
    expect(connection.info?.auth_required).toBe(true);
    await connection.close();
    await expect(
      connect({ ...natsOptions(server.url, 'test', { ...env, NATS_USER: 'journal' }), reconnect: false }),
    ).rejects.toThrow(/authorization/i);
  });

  it('has routes between the nodes of a cluster that are opened with a password', () => {
    const configuration = busConfigurationOf(secrets, ['nats', 'nats-2']);
    const [, password] = /authorization \{ user: routes, password: "([^"]+)"/.exec(configuration)!;
    expect(password).toBe(passwordOfBusUser(secrets, 'routes'));
    for (const node of ['nats', 'nats-2'])
      expect(configuration).toContain(`nats://routes:${password}@${node}:6222`);
    expect(busConfigurationOf(secrets, [])).not.toContain('cluster');
  });

  it('lets a service answer whom it was asked by', async () => {
    const journal = connections.get('journal')!;
    const gateway = connections.get('gateway')!;
    const answering = journal.subscribe('rpc.journal.get-lesson.v1', {
      callback: (_error, message) => void message.respond('done'),
    });
    await journal.flush();
    const answer = await gateway.request('rpc.journal.get-lesson.v1', '{}', { timeout: 2000 });
    expect(answer.string()).toBe('done');
    expect(createInbox(inboxPrefixOf('gateway')).startsWith('_INBOX_gateway.')).toBe(true);
    answering.unsubscribe();
  });

  it('lets the tools of the installation do everything', async () => {
    const bus = await Bus.connect(busUrlOf(server.url, secrets, 'operator'), 'test');
    await bus.ensureStream('journal');
    await bus.manager.streams.purge('EVT_journal');
    await bus.close();
  });
});
