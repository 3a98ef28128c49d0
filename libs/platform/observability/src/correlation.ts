import { AsyncLocalStorage } from 'node:async_hooks';

/** What is going on: follows a request or a fact through every await, into logs and into what they publish. */
export interface Correlation {
  correlationId: string;
  /** id of the fact being handled, if any */
  causationId: string | null;
}

const current = new AsyncLocalStorage<Correlation>();

export const correlation = {
  get: (): Correlation | undefined => current.getStore(),
  run: <T>(value: Correlation, work: () => T): T => current.run(value, work),
};
