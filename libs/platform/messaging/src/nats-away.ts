import { JetStreamApiError } from '@nats-io/jetstream';
import {
  ClosedConnectionError,
  ConnectionError,
  DrainingConnectionError,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from '@nats-io/transport-node';

const KINDS = [
  ClosedConnectionError,
  ConnectionError,
  DrainingConnectionError,
  NoRespondersError,
  RequestError,
  TimeoutError,
];

/** Whether NATS could not be asked, or could not answer just now: a trouble that ends, and nobody's fault who asked. */
export function isNatsAway(error: unknown): boolean {
  for (let e = error as Error | undefined; e; e = e.cause as Error | undefined)
    if (KINDS.some((kind) => e instanceof kind) || (e instanceof JetStreamApiError && e.status >= 500))
      return true;
  return false;
}
