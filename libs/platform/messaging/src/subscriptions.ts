import type { Envelope, Fact } from '@parta/platform-contract';

/** What a service does when it hears of a fact. */
export interface Reaction<D extends object = object> {
  fact: Fact<D>;
  handle: (data: D, envelope: Envelope<D>) => Promise<void>;
  /** the same for several that came one after another; where it is given, `handle` is it with one */
  handleAll?: (facts: readonly Envelope<D>[]) => Promise<void>;
}

/** One row of a service's table of subscriptions. */
export function on<D extends object>(fact: Fact<D>, handle: Reaction<D>['handle']): Reaction {
  return { fact, handle } as unknown as Reaction;
}

/**
 * A row of the table whose facts come by the dozen: what has arrived together is handled together. What it says in turn it
 * says under the correlation of the fact that caused it; the list as a whole has none.
 */
export function onList<D extends object>(
  fact: Fact<D>,
  handleAll: NonNullable<Reaction<D>['handleAll']>,
): Reaction {
  const reaction: Reaction<D> = { fact, handleAll, handle: (_data, envelope) => handleAll([envelope]) };
  return reaction as unknown as Reaction;
}
