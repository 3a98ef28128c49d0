// What `npm run test:compose` asks of the bus: it lets nobody in without a password, and a service to its own subjects alone.
import { connect, PermissionViolationError } from '@nats-io/transport-node';

const FOREIGN_FACT = 'evt.identity.grants.changed.v1.school';
const REQUESTS = 'rpc.>';

/**
 * @param {string} url of NATS, without anybody's password
 * @param {(user: string) => string} passwordOf
 * @throws Error when the bus lets through what it must not
 */
export async function lockedBus(url, passwordOf) {
  for (const who of [
    {},
    { user: 'diary', pass: 'guess' },
    { user: 'identity', pass: passwordOf('diary') },
    { user: 'operator', pass: '' },
  ]) {
    const connection = await connect({ servers: url, reconnect: false, ...who }).catch(() => null);
    if (!connection) continue;
    await connection.close();
    throw new Error(`the bus lets in ${who.user ?? 'whoever comes'} without the right password`);
  }
  const diary = await connect({ servers: url, reconnect: false, user: 'diary', pass: passwordOf('diary') });
  const refused = new Set();
  const watching = (async () => {
    for await (const { type, error } of diary.status())
      if (type === 'error' && error instanceof PermissionViolationError) refused.add(error.subject);
  })();
  diary.publish(FOREIGN_FACT, '{}');
  diary.subscribe(REQUESTS, {
    callback: (error) => error instanceof PermissionViolationError && refused.add(error.subject),
  });
  await diary.flush();
  // What the server has against a message comes before the answer to the flush after it.
  await diary.flush();
  await diary.close();
  await watching;
  for (const subject of [FOREIGN_FACT, REQUESTS])
    if (!refused.has(subject)) throw new Error(`the bus lets the diary use ${subject}`);
  console.log('the bus is locked');
}
