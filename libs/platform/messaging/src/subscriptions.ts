import type { Envelope, Fact } from '@parta/platform-contract';

/** What a service does when it hears of a fact. */
export interface Reaction<D extends object = object> {
  fact: Fact<D>;
  handle: (data: D, envelope: Envelope<D>) => Promise<void>;
  /** the same for several that came one after another; where it is given, `handle` is it with one */
  handleAll?: (facts: readonly Envelope<D>[]) => Promise<void>;
  /** what is told after the commit and kept nowhere, told once more: see `toldAgain` */
  tellAgain?: (data: D, envelope: Envelope<D>) => Promise<unknown> | void;
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

/**
 * A row of the table whose handling tells somebody something after its commit. A process that dies in between has told nobody, and
 * the fact, when it comes again, is handled already: it is told then.
 */
export function toldAgain<D extends object>(
  reaction: Reaction,
  tellAgain: NonNullable<Reaction<D>['tellAgain']>,
): Reaction {
  return { ...reaction, tellAgain } as unknown as Reaction;
}
