import { connect, createServer, type Server, type Socket } from 'node:net';

/** `out`: what the service sends; `in`: what the server answers. */
export type Direction = 'out' | 'in';

interface Trouble {
  client: RegExp;
  direction: Direction | 'both';
  /** each chunk comes so much later; Infinity keeps it until the trouble ends */
  delayMs: number;
}

interface Connection {
  /** who it is by the first bytes: the role of PostgreSQL, the connection name of NATS */
  name: string;
  service: Socket;
  server: Socket;
  isLost: boolean;
  /** cuts the line in the middle of the next answer */
  cutsNextAnswer: boolean;
  waiting: Record<Direction, Promise<void>>;
}

const EVERYONE = /./;
/** PostgreSQL's start-up message, NATS's CONNECT. */
const NAMES = [/user\0([^\0]+)\0/, /"name":"([^"]+)"/];

/** A line between the services and a server of theirs that can be slow, silent, cut or gone. */
export class TcpProxy {
  private readonly connections = new Set<Connection>();
  private readonly troubles = new Set<Trouble>();
  private readonly wakers = new Set<() => void>();
  private listener: Server | undefined;

  constructor(
    private readonly port: number,
    private readonly target: number,
  ) {}

  async start(): Promise<void> {
    this.listener = createServer({ noDelay: true }, (service) => this.join(service));
    await new Promise<void>((resolve, reject) => {
      this.listener!.once('error', reject);
      this.listener!.listen(this.port, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener?.close(resolve) ?? resolve(null));
  }

  /** Delays every chunk, of connections there are and to come. @returns ends it */
  slow(delayMs: number, client = EVERYONE): () => void {
    return this.trouble({ client, direction: 'both', delayMs });
  }

  /**
   * Keeps what is sent in one direction. What a service had sent when it died is lost, as if it had not got so far.
   * @returns sends the rest on
   */
  hold(client: RegExp, direction: Direction): () => void {
    return this.trouble({ client, direction, delayMs: Infinity });
  }

  /** Cuts lines as a router does that restarts. */
  cut(client = EVERYONE): void {
    for (const one of this.connections)
      if (client.test(one.name)) {
        one.service.resetAndDestroy();
        one.server.destroy();
      }
  }

  /** Cuts each of these lines once, in the middle of its next answer. */
  cutInMidAnswer(client = EVERYONE): void {
    for (const one of this.connections) if (client.test(one.name)) one.cutsNextAnswer = true;
  }

  /** The lines there are fall silent for ever, as behind a firewall that has forgotten them; new ones work. */
  lose(client = EVERYONE): void {
    for (const one of this.connections) {
      if (!client.test(one.name)) continue;
      one.isLost = true;
      // The server sees its side closed and lets go of locks; the service is told nothing.
      one.server.destroy();
    }
  }

  private trouble(trouble: Trouble): () => void {
    this.troubles.add(trouble);
    return () => {
      this.troubles.delete(trouble);
      for (const wake of [...this.wakers]) wake();
    };
  }

  private join(service: Socket): void {
    const server = connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    const connection: Connection = {
      name: '?',
      service,
      server,
      isLost: false,
      cutsNextAnswer: false,
      waiting: { out: Promise.resolve(), in: Promise.resolve() },
    };
    this.connections.add(connection);
    const end = (): void => {
      if (connection.isLost) return;
      // What is on its way arrives first.
      void Promise.all([connection.waiting.in, connection.waiting.out]).then(() => {
        service.destroy();
        server.destroy();
      });
      this.connections.delete(connection);
    };
    service.on('data', (chunk) => {
      if (connection.name === '?') connection.name = nameIn(chunk) ?? '?';
      this.pass(connection, 'out', chunk);
    });
    server.on('data', (chunk) => this.pass(connection, 'in', chunk));
    for (const socket of [service, server]) {
      socket.on('error', () => undefined);
      socket.on('close', end);
    }
    service.on('close', () => this.connections.delete(connection));
  }

  private pass(connection: Connection, direction: Direction, chunk: Buffer): void {
    if (connection.isLost) return;
    const to = direction === 'out' ? connection.server : connection.service;
    const at = Date.now();
    connection.waiting[direction] = connection.waiting[direction].then(async () => {
      const isLost = await this.untilDue(connection, direction, at);
      if (isLost || to.destroyed) return;
      if (direction === 'in' && connection.cutsNextAnswer) {
        connection.cutsNextAnswer = false;
        to.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => connection.service.destroy());
        connection.server.destroy();
        return;
      }
      to.write(chunk);
    });
  }

  /** @returns whether it was held when the service ended */
  private async untilDue(connection: Connection, direction: Direction, at: number): Promise<boolean> {
    for (;;) {
      const delayMs = Math.max(
        0,
        ...[...this.troubles]
          .filter((one) => one.client.test(connection.name) && [direction, 'both'].includes(one.direction))
          .map((one) => one.delayMs),
      );
      const rest = at + delayMs - Date.now();
      if (rest <= 0) return false;
      if (connection.service.destroyed) return !Number.isFinite(rest);
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(rest) ? setTimeout(done, rest) : undefined;
        const wakers = this.wakers;
        function done(): void {
          clearTimeout(timer);
          wakers.delete(done);
          connection.service.off('close', done);
          resolve();
        }
        wakers.add(done);
        connection.service.once('close', done);
      });
    }
  }
}

function nameIn(chunk: Buffer): string | null {
  const text = chunk.toString('latin1');
  for (const name of NAMES) {
    const found = name.exec(text)?.[1];
    if (found) return found;
  }
  return null;
}
