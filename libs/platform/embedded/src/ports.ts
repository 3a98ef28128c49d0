import { createServer } from 'node:net';
import { EmbeddedServerError } from './embedded-server-error.js';

export const loopback = '127.0.0.1';

/** Binds a loopback port and lets it go; resolves to the bound number. Rejects with the system error. */
function bindOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: loopback, port, exclusive: true }, () => {
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

export function portTaken(port: number, wantedBy: string): EmbeddedServerError {
  return new EmbeddedServerError(
    'embedded.port-taken',
    `Port ${port} on ${loopback}, wanted by ${wantedBy}, is already taken by another program.`,
  );
}

/**
 * Checked before a server starts: a taken port would otherwise be found only in the server's log, while a probe of
 * readiness happily talks to the stranger.
 * @throws EmbeddedServerError `embedded.port-taken`
 */
export async function requireFreePort(port: number, wantedBy: string): Promise<void> {
  try {
    await bindOnce(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw portTaken(port, wantedBy);
    throw error;
  }
}
