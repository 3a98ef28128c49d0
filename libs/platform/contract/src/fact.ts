import type { Constructor } from './schema.js';

/** A published event's type: what happened in a service, with its message class. */
export interface Fact<D extends object = object> {
  service: string;
  aggregate: string;
  fact: string;
  version: number;
  /** `<service>.<aggregate>.<fact>.v<version>` */
  type: string;
  data: Constructor<D>;
  summary: string;
}

/** Defines a published event. Within a version only additive changes; a break is a new version. */
export function defineFact<D extends object>(
  definition: Omit<Fact<D>, 'type' | 'version'> & { version?: number },
): Fact<D> {
  const version = definition.version ?? 1;
  const { service, aggregate, fact } = definition;
  return { ...definition, version, type: `${service}.${aggregate}.${fact}.v${version}` };
}

/** `evt.<service>.<aggregate>.<fact>.v<version>.<schoolId>`; facts of the region as a whole say `region` for the school. */
export const subjectOf = (type: string, schoolId: string | null): string =>
  `evt.${type}.${schoolId ?? 'region'}`;

/** Who did it, as kept with every fact and every change. */
export interface FactActor {
  accountId: string | null;
  personId: string | null;
  role: string | null;
  name: string | null;
}

/** What travels on the bus: a fact with its circumstances. */
export interface Envelope<D = unknown> {
  id: string;
  type: string;
  version: number;
  source: string;
  schoolId: string | null;
  aggregateId: string;
  aggregateVersion: number;
  occurredAt: string;
  actor: FactActor | null;
  correlationId: string;
  causationId: string | null;
  /** W3C trace context of the work that said it; there only where traces are kept */
  traceparent?: string;
  data: D;
}
