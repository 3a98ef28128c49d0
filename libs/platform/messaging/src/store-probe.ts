import { StorageType } from '@nats-io/jetstream';
import { RequestError } from '@nats-io/transport-node';
import type { Bus } from './bus.js';

const STREAM = 'STORE_PROBE';
const SUBJECT = 'probe.store';

/**
 * Asks JetStream to keep one message in a file, as it keeps facts. That the server answers, or calls itself healthy, says nothing of
 * its store: after its disk was full it may take connections and requests, and keep nothing.
 * @throws when it was not kept within the time
 */
export async function probeStore(bus: Bus, timeoutMs: number): Promise<void> {
  const keep = (): Promise<unknown> =>
    bus.jetStream.publish(SUBJECT, new Date().toISOString(), { timeout: timeoutMs });
  try {
    await keep();
  } catch (error) {
    const { cause } = error as Error;
    if (!(cause instanceof RequestError && cause.isNoResponders())) throw error;
    // There is no stream for it yet.
    await bus.manager.streams.add({
      name: STREAM,
      subjects: [SUBJECT],
      storage: StorageType.File,
      max_msgs: 1,
    });
    await keep();
  }
}
