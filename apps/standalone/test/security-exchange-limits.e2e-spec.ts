import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@parta/platform-testing';
import type { Reply } from './security/door.js';
import { ExchangeDoor } from './security/exchange-door.js';
import { flood, waits } from './security/flood.js';

const REQUESTS_A_MINUTE = 100;
const OF_AN_ADDRESS = 150;
const WAITING = 3;
const AT_ONCE = 2;
const MAX_BYTES = 1024 * 1024;
const ROSTERS = '/api/exchange/v1/rosters';

/** A body that comes to no end before it is told to. */
function slowly(): { body: ReadableStream<Uint8Array>; end(): void } {
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new Uint8Array(1000));
      end = () => controller.close();
    },
  });
  return { body, end: () => end() };
}

describe('limits of the exchange', () => {
  let door: ExchangeDoor;

  beforeAll(async () => {
    door = await ExchangeDoor.open(
      { maxRostersWaiting: WAITING },
      {
        trustedProxies: ['loopback'],
        requestsPerMinute: REQUESTS_A_MINUTE,
        requestsPerMinutePerAddress: OF_AN_ADDRESS,
        uploadsAtOnce: AT_ONCE,
        uploadsMaxBytes: MAX_BYTES,
      },
    );
  }, 60_000);
  afterAll(() => door?.close(), 60_000);

  it('a regional system asks so often in a minute, from however many addresses; another is not held up', async () => {
    const answers = await flood(REQUESTS_A_MINUTE + 50, 10, (i) => door.get('asker', ROSTERS, `10.2.0.${i}`));
    expect(answers.get('200 undefined')).toHaveLength(REQUESTS_A_MINUTE);
    const refused = answers.get('429 request.rate-limited');
    expect(refused).toHaveLength(50);
    expect(waits(refused)).toBe(true);
    expect((await door.get('patient', ROSTERS, '10.2.0.1')).status).toBe(200);
  }, 60_000);

  it('an address asks so often in a minute, with however many systems behind it; another is not held up', async () => {
    const answers = await flood(OF_AN_ADDRESS + 50, 10, (i) => door.get(`one-of-${i}`, ROSTERS, '10.3.0.1'));
    expect(answers.get('200 undefined')).toHaveLength(OF_AN_ADDRESS);
    const refused = answers.get('429 request.rate-limited');
    expect(refused).toHaveLength(50);
    expect(waits(refused)).toBe(true);
    expect((await door.get('one-of-1', ROSTERS, '10.3.0.2')).status).toBe(200);
  }, 60_000);

  it('so many packages of a system wait; the others are refused and not kept, and another system is not held up', async () => {
    const held = await door.hold('pusher');
    const answers = await flood(40, AT_ONCE, () => door.push('pusher', 'no package'));
    const refused = answers.get('429 contingent.too-many-rosters-waiting');
    expect(answers.get('202 undefined')).toHaveLength(WAITING - 1);
    expect(refused).toHaveLength(40 - (WAITING - 1));
    expect(waits(refused)).toBe(true);
    const kept = 'select 1 from roster_jobs where submitter_id = $1';
    expect((await door.bench.admin.query(kept, ['pusher'])).rowCount).toBe(WAITING);
    expect((await door.push('another', 'no package')).status).toBe(202);
    await held.release();
    await eventually(async () => expect((await door.push('pusher', 'no package')).status).toBe(202), {
      timeoutMs: 30_000,
    });
  }, 90_000);

  it('so many uploads of a system come at once; the next is refused before it is read, another system’s is not', async () => {
    const slow = Array.from({ length: AT_ONCE }, slowly);
    const coming = slow.map(({ body }) => door.push('slow', body));
    const refused = await eventually(
      async () => {
        const answer = await door.push('slow', 'one more');
        expect([answer.status, answer.code]).toEqual([429, 'request.too-many-uploads']);
        return answer;
      },
      { timeoutMs: 30_000 },
    );
    expect(waits([refused])).toBe(true);
    expect((await door.push('quick', 'no package')).status).toBe(202);
    for (const { end } of slow) end();
    // Those of the probes that were quicker than the slow ones wait as well.
    for (const { status, code } of await Promise.all(coming))
      expect([202, 429]).toContain(code === 'contingent.too-many-rosters-waiting' ? 429 : status);
    await eventually(async () => expect((await door.push('slow', 'no package')).status).toBe(202), {
      timeoutMs: 30_000,
    });
  }, 90_000);

  it('a bucket that is full refuses, keeps nothing of what it refused, and has room again when a package is done with', async () => {
    await eventually(async () => expect(await door.bytesKept()).toBeLessThan(MAX_BYTES / 8), {
      timeoutMs: 30_000,
    });
    const held = await door.hold('filler');
    const large = new Uint8Array(700 * 1024);
    expect((await door.push('filler', large)).status).toBe(202);
    const answers = await flood(5, 1, () => door.push('filler', large));
    expect([...answers.keys()]).toEqual(['503 request.uploads-full']);
    const refused: Reply[] = answers.get('503 request.uploads-full')!;
    expect(waits(refused)).toBe(true);
    expect(await door.bytesKept()).toBeLessThan(800 * 1024);
    await held.release();
    await eventually(async () => expect((await door.push('filler', large)).status).toBe(202), {
      timeoutMs: 30_000,
    });
  }, 90_000);
});
