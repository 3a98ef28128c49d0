import type { Fact } from '@parta/platform-contract';
import type { ServiceBench } from './service-bench.js';

/** A fact as a test tells it; the samples in `testing/` of each service's contracts make them. */
export interface Told<D extends object = object> {
  fact: Fact<D>;
  aggregateId: string;
  data: D;
}

/** Tells a fact of one school; the first version of its aggregate unless said. */
export type Tell = <D extends object>(told: Told<D>, version?: number) => Promise<void>;

/** Tells facts of a school as their producers would. */
export const tellerOf =
  (schoolId: string, publish: ServiceBench['publish']): Tell =>
  ({ fact, aggregateId, data }, version = 1) =>
    publish(fact, { schoolId, aggregateId, version }, data);
