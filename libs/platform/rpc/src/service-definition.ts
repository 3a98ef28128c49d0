import type { Provider, Type } from '@nestjs/common';
import type { LiveWord, Reaction } from '@parta/platform-messaging';
import type { Envelope } from '@parta/platform-contract';
import type { Metrics } from '@parta/platform-observability';
import type { DatabaseOptions } from '@parta/platform-persistence';
import type { JSONWebKeySet } from 'jose';
import type { Clock } from './clock.js';

/** Finds a provider by its class. */
export type Get = <T>(type: Class<T>) => T;
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- classes with a private constructor are providers too
export type Class<T> = Function & { prototype: T };

/** What makes a service: its module, its entities, and the facts it listens to. */
export interface ServiceDefinition {
  name: string;
  module: Type;
  entities: DatabaseOptions['entities'];
  keepsPlans?: DatabaseOptions['keepsPlans'];
  /** services whose facts it hears, whose streams alone the bus lets it hear */
  hears?: readonly string[];
  /** object stores it uses */
  buckets?: readonly string[];
  /** the table of consumers, built from the module's providers */
  subscriptions?: (get: Get) => Reaction[];
  /** what open pages are told when a fact of this service is published; at least once for each fact that has a word */
  wordOf?: (fact: Envelope) => LiveWord | null;
  /**
   * For how many milliseconds at most it gathers facts before it handles them together, when they come one upon another: each transaction
   * costs more than the facts in it. 60 unless said; more where nobody waits.
   */
  gatherMs?: number;
  /** what an operator has to look into while the service goes on answering, beside what the platform sees */
  warnings?: (get: Get) => string[];
  /** values the service's own configuration provides to its module */
  providers?: Provider[];
}

export interface ServiceSurroundings {
  databaseUrl: string;
  natsUrl: string;
  tokenKeys: JSONWebKeySet;
  /** port of /health and /metrics; none in the single process, where one answers for all */
  healthPort?: number;
  poolSize?: number;
  clock?: Clock;
  /** address of /health and /metrics; all of the machine's unless said */
  healthHost?: string;
  /** the schema to work in, when it is not the one named like the service: a rebuild goes on beside the live one */
  schema?: string;
  /** what follows a commit (waking the relay, telling open pages) is left out: nothing new has happened */
  isSilent?: boolean;
}

export interface RunningService {
  name: string;
  get: Get;
  metrics: Metrics;
  /** names what is not right; empty when ready */
  problems(): Promise<string[]>;
  /** what an operator has to look into while the service goes on answering */
  warnings(): string[];
  stop(): Promise<void>;
}

/** Token of the service's pino logger. */
export const LOGGER = Symbol.for('parta:logger');
