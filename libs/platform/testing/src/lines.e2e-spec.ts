import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anyone, defineCommand, Nothing } from '@parta/platform-contract';
import { Bus } from '@parta/platform-messaging';
import { RpcClient } from '@parta/platform-rpc';
import { headers, type Msg } from '@nats-io/transport-node';
import { eventually } from './eventually.js';
import { startTestNats } from './test-bed.js';

const common = {
  service: 'sample',
  access: anyone('a test'),
  // Nothing is asked again that is held for longer.
  idempotencyKey: 'ignored' as const,
  input: Nothing,
  output: Nothing,
  summary: 'x',
};
const open = defineCommand({ ...common, name: 'open', line: 'door' });
const show = defineCommand({ ...common, name: 'show' });

const WIDTH = availableParallelism() + 1;
const CROWD = WIDTH * 3;

describe('lines before a service', () => {
  let nats: Awaited<ReturnType<typeof startTestNats>>;
  let bus: Bus;
  /** requests that the service has and does not answer yet */
  const held = new Map<string, Msg[]>([
    [open.subject, []],
    [show.subject, []],
  ]);
  const heldOf = ({ subject }: { subject: string }): Msg[] => held.get(subject)!;
  const answer = (message: Msg | undefined): void => {
    const h = headers();
    h.set('Parta-Answer', 'ok');
    message!.respond('{}', { headers: h });
  };

  beforeAll(async () => {
    nats = await startTestNats();
    bus = await Bus.connect(nats.url, 'test');
    for (const [subject, messages] of held)
      bus.nats.subscribe(subject, { callback: (_error, message) => void messages.push(message) });
    await bus.nats.flush();
  }, 30_000);

  afterAll(async () => {
    await bus?.close();
    await nats?.stop();
  });

  it('let in by the door as many as there are processors, and one, and answer meanwhile who is in', async () => {
    const client = new RpcClient(bus.nats);
    const crowd = Array.from({ length: CROWD }, () => client.call(open, {}));
    await eventually(() => expect(heldOf(open)).toHaveLength(WIDTH));

    const shown = client.call(show, {});
    await eventually(() => expect(heldOf(show)).toHaveLength(1));
    answer(heldOf(show)[0]);
    await shown;

    expect(heldOf(open)).toHaveLength(WIDTH);
    for (let answered = 0; answered < CROWD; answered += 1) {
      await eventually(() => expect(heldOf(open).length).toBeGreaterThan(answered));
      answer(heldOf(open)[answered]);
    }
    await Promise.all(crowd);
    expect(heldOf(open)).toHaveLength(CROWD);
  });
});
