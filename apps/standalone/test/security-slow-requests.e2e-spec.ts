import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UPLOADS } from '@parta/platform-messaging';
import { eventually } from '@parta/platform-testing';
import { Door, OPERATOR } from './security/door.js';
import { LiveStream } from './security/live-stream.js';

/** In milliseconds; what the gateway takes by itself is as many seconds. */
const PATIENCE = { headersMs: 400, bodyMs: 500, uploadMs: 400, wholeMs: 60_000 };

describe('a request that does not come to an end', () => {
  let door: Door;
  let region: string;
  beforeAll(async () => {
    door = await Door.open({ patience: PATIENCE });
    region = await door.bench.keys.clientToken('region', ['timetable.write']);
  }, 60_000);
  afterAll(() => door?.close(), 60_000);

  const open: Socket[] = [];
  afterAll(() => open.forEach((socket) => socket.destroy()));

  /** What is answered until the connection is closed, and after how long. */
  const answerTo = (
    begin: string,
    drip?: { bytes: string | Buffer; everyMs: number; times?: number },
  ): Promise<{ text: string; ms: number }> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      let text = '';
      let sent = 0;
      const socket = connect(Number(new URL(door.gateway.url).port), '127.0.0.1', () => socket.write(begin));
      open.push(socket);
      const timer =
        drip &&
        setInterval(() => {
          if (drip.times !== undefined && sent >= drip.times) return;
          sent += 1;
          if (socket.writable) socket.write(drip.bytes);
        }, drip.everyMs);
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ text, ms: performance.now() - startedAt });
      });
    });

  const headersOf = (path: string, more: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: journal\r\n${more}\r\n\r\n`;
  const upload = (more: string): string =>
    headersOf(
      '/api/exchange/v1/timetables',
      `Content-Type: text/csv\r\nAuthorization: Bearer ${region}\r\n${more}`,
    );
  const json = 'Content-Type: application/json\r\n';

  it.each<[string, () => string, { bytes: string; everyMs: number } | null]>([
    ['whose headers do not end', () => 'GET / HTTP/1.1\r\nHost: journal\r\n', null],
    ['whose headers trickle', () => 'GET / HTTP/1.1\r\n', { bytes: 'x: y\r\n', everyMs: 50 }],
    ['whose body does not come', () => headersOf('/api/v1/session', `${json}Content-Length: 1000`), null],
    [
      'whose body trickles',
      () => headersOf('/api/v1/session', `${json}Content-Length: 100000`),
      { bytes: 'x', everyMs: 50 },
    ],
    [
      'whose body trickles in chunks',
      () => headersOf('/api/v1/session', `${json}Transfer-Encoding: chunked`),
      { bytes: '1\r\n \r\n', everyMs: 50 },
    ],
    ['whose file does not come', () => upload('Content-Length: 100000'), null],
    ['whose file trickles', () => upload('Transfer-Encoding: chunked'), { bytes: '1\r\nx\r\n', everyMs: 50 }],
  ])('%s is closed with 408 in time', async (_, begin, drip) => {
    const { text, ms } = await answerTo(begin(), drip ?? undefined);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"request.timeout"');
    expect(ms).toBeLessThan(5000);
  });

  it('leaves nothing behind of the files that were begun', async () => {
    await eventually(async () => {
      const { state } = await door.bench.bus.manager.streams.info(`OBJ_${UPLOADS.bucket}`);
      expect(state.messages).toBe(0);
    });
    expect((await door.signIn(OPERATOR.login, OPERATOR.password)).status).toBe(200);
  });

  it('is none if its file comes slowly but steadily', async () => {
    const piece = Buffer.alloc(4096, 'x');
    const size = piece.length * 30;
    const { text, ms } = await answerTo(upload(`Connection: close\r\nContent-Length: ${size}`), {
      bytes: piece,
      everyMs: 50,
      times: 30,
    });
    // Nobody is there to read it, in this test; it was taken in as a whole.
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(ms).toBeGreaterThan(PATIENCE.uploadMs * 3);
  });

  it('is none if it is answered for long: live updates stay open', async () => {
    const session = await door.signIn(OPERATOR.login, OPERATOR.password);
    const stream = await LiveStream.open(door.gateway.url, String(session.body.accessToken), '');
    let hasEnded = false;
    void stream.ended.then(() => (hasEnded = true));
    await answerTo(upload('Transfer-Encoding: chunked'), { bytes: '1\r\nx\r\n', everyMs: 50 });
    await answerTo(headersOf('/api/v1/session', `${json}Content-Length: 1000`));
    expect(hasEnded).toBe(false);
    stream.close();
  });
});
