import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Closing } from './closing.js';

describe('a server that closes', () => {
  const clients: Socket[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/slow') answers.push(response);
    else response.end('done');
  });
  const closing = new Closing(server);
  const closed = (patienceMs: number): Promise<number> =>
    closing.during(() => new Promise((resolve) => server.close(resolve)), patienceMs);

  const client = async (path?: string): Promise<Socket> => {
    if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
    const accepted = once(server, 'connection');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    clients.push(socket);
    await accepted;
    if (path) {
      const heard = once(server, 'request');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: school\r\n\r\n`);
      await heard;
    }
    return socket;
  };

  afterEach(() => {
    for (const socket of clients.splice(0)) socket.destroy();
    answers.splice(0);
  });

  it('lets go of a connection that never said a word', async () => {
    await client();
    expect(await closed(5000)).toBe(0);
  });

  it('lets go of a connection that is kept for more requests', async () => {
    const socket = await client('/quick');
    await once(socket, 'data');
    expect(await closed(5000)).toBe(0);
  });

  it('answers the request that is under way', async () => {
    const socket = await client('/slow');
    const end = closed(5000);
    answers[0]!.end('done after all');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(String(answer)).toContain('done after all');
    expect(await end).toBe(0);
  });

  it('cuts a request that does not come to an end, and says so', async () => {
    await client('/slow');
    expect(await closed(300)).toBe(1);
  });
});
