import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

const NAME = 'CONNECT {"name":"parta-journal"}\r\n';
const JOURNAL = /^parta-journal$/;

describe('a line that is held', () => {
  let server: Server;
  let proxy: TcpProxy;
  let client: Socket;
  let served: Socket;
  let heard = '';

  const listening = async (one: Server): Promise<number> => {
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
    return (one.address() as AddressInfo).port;
  };
  const until = async (text: string): Promise<void> => {
    while (!heard.includes(text)) await once(served, 'data');
  };

  beforeEach(async () => {
    heard = '';
    server = createServer();
    const port = await listening(server);
    const placeholder = createServer();
    const free = await listening(placeholder);
    await new Promise((resolve) => placeholder.close(resolve));
    proxy = new TcpProxy(free, port);
    await proxy.start();
    const joined = once(server, 'connection') as Promise<[Socket]>;
    client = connect(free, '127.0.0.1');
    [served] = await joined;
    served.on('data', (chunk) => (heard += String(chunk)));
    client.write(NAME);
    await until('parta-journal');
  });

  afterEach(async () => {
    client.destroy();
    await proxy.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  it('passes on what came meanwhile when it is let go', async () => {
    const release = proxy.hold(JOURNAL, 'out');
    client.write('an answer');
    release();
    await until('an answer');
  });

  it.each([
    ['the service that had sent it dies', () => client.resetAndDestroy()],
    ['the line is lost', () => proxy.lose(JOURNAL)],
  ])('loses what it holds when %s', async (_how, breakIt) => {
    const release = proxy.hold(JOURNAL, 'out');
    client.write('an answer');
    const ended = once(served, 'close');
    breakIt();
    await ended;
    release();
    expect(heard).toBe(NAME);
  });
});
