import { roles } from './access.js';
import { Flag, Id, Instant, ListOf, ListOfText, Text, Whole } from './fields.js';
import { defineCommand, defineQuery, Nothing, type Operation } from './operation.js';

const MAX_LISTED = 500;
const MAX_POSITION = Number.MAX_SAFE_INTEGER;

/** A fact that a service could not handle and has put aside; later facts of the same aggregate wait behind it. */
export class ParkedFactView {
  @Text({ max: 60, description: 'the service that put it aside' }) service!: string;
  @Text({ max: 120, description: '`<service>__<producer>`' }) consumer!: string;
  @Whole({ min: 0, max: MAX_POSITION, description: 'its place in the stream of its producer' })
  position!: number;
  @Text({ max: 200, description: 'what the fact is about' }) aggregateId!: string;
  @Text({ max: 200, description: 'what happened: `<producer>.<aggregate>.<fact>.v<version>`' }) type!: string;
  @Id({ nullable: true }) factId!: string | null;
  @Id({ nullable: true, description: 'null for facts of the region as a whole' }) schoolId!: string | null;
  @Text({ max: 2000, min: 0, description: 'why it could not be handled, for the one who looks into it' })
  reason!: string;
  @Whole({ min: 0, max: 1_000_000 }) attempts!: number;
  @Instant() parkedAt!: string;
}

export class ParkedFactsView {
  @ListOf(() => ParkedFactView, { max: MAX_LISTED, description: 'the oldest first' })
  facts!: ParkedFactView[];

  @ListOfText({ max: 50, maxLength: 60, description: 'services that did not answer; theirs are missing' })
  unreachable!: string[];

  @Flag({ description: `there are more than the ${MAX_LISTED} of each service shown` }) hasMore!: boolean;
}

export class ParkedFactToRedrive {
  @Text({ max: 120 }) consumer!: string;
  @Text({ max: 200 }) aggregateId!: string;
}

export class RedriveParkedFact extends ParkedFactToRedrive {
  @Text({ max: 60, pattern: /^[a-z][a-z-]*$/ }) service!: string;
}

export class RedrivenFacts {
  @Whole({ min: 0, max: 1_000_000, description: 'facts handled, the ones that waited behind it included' })
  handled!: number;
}

export class ParkedFactToDiscard {
  @Text({ max: 120 }) consumer!: string;
  @Whole({ min: 0, max: MAX_POSITION }) position!: number;
  @Text({ min: 3, max: 500, description: 'why it is given up; kept with who did it, and the fact itself' })
  reason!: string;
}

export class DiscardParkedFact extends ParkedFactToDiscard {
  @Text({ max: 60, pattern: /^[a-z][a-z-]*$/ }) service!: string;
}

/** The region's operator sees every school's, an administrator the own school's. */
const ACCESS = roles({ 'regional-operator': 'region', administrator: 'own schools' });
const TAG = { name: 'Operations', description: 'What those who run the installation look after.' };
const NOT_FOUND = 'messaging.parked-fact-not-found';
const UNKNOWN_SERVICE = 'operations.unknown-service';
const STILL_FAILING = ['messaging.still-failing'];

/** What a service answers about the facts it has put aside; every service has these three beside its own operations. */
export function parkedFactOperationsOf(service: string): {
  list: Operation<Nothing, ParkedFactsView>;
  redrive: Operation<ParkedFactToRedrive, RedrivenFacts>;
  discard: Operation<ParkedFactToDiscard, Nothing>;
} {
  return {
    list: defineQuery({
      service,
      name: 'list-parked-facts',
      access: ACCESS,
      input: Nothing,
      output: ParkedFactsView,
      summary: `Facts that ${service} has put aside`,
      timeoutMs: 3000,
    }),
    redrive: defineCommand({
      service,
      name: 'redrive-parked-fact',
      idempotencyKey: 'ignored',
      access: ACCESS,
      input: ParkedFactToRedrive,
      output: RedrivenFacts,
      summary: `Handle again what ${service} has put aside`,
      errors: { 'not-found': [NOT_FOUND], conflict: STILL_FAILING },
      timeoutMs: 30_000,
    }),
    discard: defineCommand({
      service,
      name: 'discard-parked-fact',
      idempotencyKey: 'ignored',
      access: ACCESS,
      input: ParkedFactToDiscard,
      output: Nothing,
      summary: `Give up a fact that ${service} has put aside`,
      errors: { 'not-found': [NOT_FOUND] },
    }),
  };
}

export const listParkedFacts = defineQuery({
  service: 'gateway',
  name: 'list-parked-facts',
  tag: TAG,
  http: { method: 'GET', path: '/api/v1/operations/parked-facts' },
  access: ACCESS,
  input: Nothing,
  output: ParkedFactsView,
  summary: 'Facts that services could not handle and have put aside, of all services',
});

export const redriveParkedFact = defineCommand({
  service: 'gateway',
  name: 'redrive-parked-fact',
  idempotencyKey: 'ignored',
  tag: TAG,
  http: { method: 'POST', path: '/api/v1/operations/parked-facts/redrive' },
  access: ACCESS,
  input: RedriveParkedFact,
  output: RedrivenFacts,
  summary: 'Handle again what was put aside of one aggregate, in its order and in one transaction',
  errors: { 'not-found': [NOT_FOUND, UNKNOWN_SERVICE], conflict: STILL_FAILING },
});

export const discardParkedFact = defineCommand({
  service: 'gateway',
  name: 'discard-parked-fact',
  idempotencyKey: 'ignored',
  tag: TAG,
  http: { method: 'POST', path: '/api/v1/operations/parked-facts/discard' },
  access: ACCESS,
  input: DiscardParkedFact,
  output: Nothing,
  summary: 'Give up a fact that can never be handled, such as one that cannot be read',
  description:
    'It is kept with who gave it up, when and why, but is handled no more; facts of the same aggregate wait for it no longer. Once more changes nothing.',
  errors: { 'not-found': [NOT_FOUND, UNKNOWN_SERVICE] },
});

/** Operations that the gateway answers by asking several services. */
export const operationsOfTheGateway: readonly Operation[] = [
  listParkedFacts,
  redriveParkedFact,
  discardParkedFact,
];
