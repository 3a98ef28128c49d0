import type { Envelope, Fact } from '@parta/platform-contract';

/** What a service does when it hears of a fact. */
export interface Reaction<D extends object = object> {
  fact: Fact<D>;
  handle: (data: D, envelope: Envelope<D>) => Promise<void>;
}

/** One row of a service's table of subscriptions. */
export function on<D extends object>(fact: Fact<D>, handle: Reaction<D>['handle']): Reaction {
  return { fact, handle } as unknown as Reaction;
}
