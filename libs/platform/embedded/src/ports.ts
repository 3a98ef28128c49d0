import { createServer } from 'node:net';
import { EmbeddedServerError } from './embedded-server-error.js';

export const loopback = '127.0.0.1';

/** Binds a port and lets it go; resolves to the bound number. Rejects with the system error. */
function bindOnce(port: number, host: string = loopback): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close((error) => (error ? reject(error) : resolve(bound)));
    });
  });
}

/** Above the ports that people choose, below those that systems give to outgoing connections. */
const [FIRST_OF_FREE, LAST_OF_FREE] = [10_000, 32_000];
const TRIES = 50;

/**
 * A TCP port on 127.0.0.1 that nobody listened on a moment ago, by chance: nobody's outgoing connection takes it before it is listened on,
 * nor does somebody else who looks for one at the same time.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = FIRST_OF_FREE + Math.floor(Math.random() * (LAST_OF_FREE - FIRST_OF_FREE));
    try {
      return await bindOnce(port);
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return bindOnce(0);
}

export function portTaken(port: number, wantedBy: string, host: string = loopback): EmbeddedServerError {
  return new EmbeddedServerError(
    'embedded.port-taken',
    `Port ${port} on ${host}, wanted by ${wantedBy}, is already taken by another program.`,
  );
}

/**
 * Checked before a server starts: a taken port would otherwise be found only in the server's log, while a probe of
 * readiness happily talks to the stranger.
 * @throws EmbeddedServerError `embedded.port-taken`
 */
export async function requireFreePort(
  port: number,
  wantedBy: string,
  host: string = loopback,
): Promise<void> {
  try {
    await bindOnce(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw portTaken(port, wantedBy, host);
    throw error;
  }
}

const LAST_OF_BLOCKS = 9999;

/**
 * The first of so many free ports in a row. They lie below those that systems give to outgoing connections, so that nobody takes one
 * while its server starts, or is started again.
 * @param from where to look first; what is taken is passed over, block by block
 */
export async function freePortBlock(from: number, count: number): Promise<number> {
  for (let first = from; first + count <= LAST_OF_BLOCKS; first += count) {
    const taken = await Promise.allSettled(
      Array.from({ length: count }, (_, at) => requireFreePort(first + at, 'a block')),
    );
    if (taken.every(({ status }) => status === 'fulfilled')) return first;
  }
  throw new EmbeddedServerError(
    'embedded.port-taken',
    `There are no ${count} free ports in a row between ${from} and ${LAST_OF_BLOCKS} on ${loopback}.`,
  );
}
