import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';

/** What `localhost` stands for: every program of this machine may come by either. */
export const LOOPBACK = { host: '127.0.0.1', beside: '::1' } as const;

/** This machine has no IPv6. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/**
 * Listens at a second address for a server that listens already, which gets the connections as its own.
 * @returns what listens there; undefined where the machine does not have the address
 * @throws the error of the system, such as a port that is taken
 */
export async function listenBeside(
  server: HttpServer,
  host: string,
  port: number,
): Promise<Server | undefined> {
  const beside = createServer((socket) => server.emit('connection', socket));
  beside.listen({ host, port, exclusive: true });
  try {
    await once(beside, 'listening');
    return beside;
  } catch (error) {
    if (NO_SUCH_ADDRESS.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
