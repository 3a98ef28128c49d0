import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const LOOK_MS = 100;
/** A browser opens connections ahead of need; what was on its way when the server stopped listening arrives within this. */
const SILENT_MS = 1000;

/**
 * Lets go of a server's connections while it closes. By itself it waits for those that are kept alive after their last
 * answer and for those that never said a word: both for more than a minute.
 */
export class Closing {
  private readonly open = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  /**
   * @param close closes the server; it ends when the last connection does
   * @param patienceMs how long a request under way has to come to an end
   * @returns how many connections were cut in the middle of a request
   */
  async during(close: () => Promise<unknown>, patienceMs: number): Promise<number> {
    const startedAt = performance.now();
    let cut = 0;
    const look = setInterval(() => {
      const waited = performance.now() - startedAt;
      this.server.closeIdleConnections();
      if (waited >= SILENT_MS) {
        for (const socket of this.open) if (socket.bytesRead === 0) socket.destroy();
      }
      if (waited >= patienceMs) {
        cut += this.open.size;
        this.server.closeAllConnections();
      }
    }, LOOK_MS);
    try {
      await close();
    } finally {
      clearInterval(look);
    }
    return cut;
  }
}
