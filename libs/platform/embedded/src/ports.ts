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

/** A TCP port on 127.0.0.1 that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
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
 * while its server starts, or is started again; those of `freePort` do not.
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
