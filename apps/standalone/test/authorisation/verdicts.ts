import { DomainError } from '@parta/platform-errors';
import type { Operation } from '@parta/platform-contract';
import { idFieldsOf, recordName, RELATIONS, type Records, type Relation } from './relations.js';

/** What came of a call. */
export type Outcome = { answer: object } | { error: DomainError };

export const outcomeOf = (call: Promise<object>): Promise<Outcome> =>
  call.then(
    (answer) => ({ answer }),
    (error: unknown) => {
      if (error instanceof DomainError) return { error };
      throw error;
    },
  );

/** Refusals by which an operation shows that the check was passed: the inputs are made so that nothing changes. */
const BEHIND_THE_CHECK: Record<string, readonly string[]> = {
  'contingent.decide-parked-roster': ['contingent.roster-not-parked'],
  'identity.change-password': ['identity.wrong-credentials', 'identity.locked-out'],
  'identity.create-account': ['identity.account-exists'],
  'identity.issue-person-invitation': ['identity.account-exists'],
  'identity.grant-role': ['identity.grant-exists'],
  'identity.revoke-role': ['identity.grant-follows-roster'],
  'journal.decide-opening': ['journal.opening-already-decided'],
  'journal.describe-lesson': ['journal.lesson-stale'],
  'journal.explain-absences': ['journal.cell-stale'],
  'journal.record-entries': ['journal.cell-stale'],
  'journal.request-opening': ['journal.lesson-is-open'],
  'notifications.close-contact': ['notifications.contact-not-open'],
  'notifications.confirm-contact': ['notifications.consent-text-changed'],
  'notifications.request-contact-code': ['notifications.channel-unavailable'],
  'notifications.resend-message': ['notifications.message-not-in-trouble'],
  'notifications.set-child-choices': ['notifications.choices-stale'],
  'reporting.cancel-report': ['reporting.report-finished'],
  'reporting.delete-report': ['reporting.report-unfinished'],
};

/** A report of many rows is answered as a whole: who may not, reads there that the record is unknown. */
const REFUSED_IN_THE_ANSWER: Record<string, (answer: object) => boolean> = {
  'curriculum.submit-timetable': (answer) =>
    (answer as { errors: { code: string }[] }).errors.some((one) => one.code === 'curriculum.unknown-group'),
};

const keyOf = (operation: Operation): string => `${operation.service}.${operation.name}`;

const isBehind = (operation: Operation, { code }: DomainError): boolean =>
  (operation.name === 'redrive-parked-fact' && code === 'messaging.still-failing') ||
  (BEHIND_THE_CHECK[keyOf(operation)]?.includes(code) ?? false);

const isRefusal = (operation: Operation, error: DomainError): boolean =>
  ['unauthenticated', 'forbidden', 'not-found'].includes(error.kind) &&
  !isBehind(operation, error) &&
  (error.code.startsWith('access.') || Object.values(operation.errors).flat().includes(error.code));

const said = (outcome: Outcome): string =>
  'error' in outcome
    ? `${outcome.error.kind} ${outcome.error.code}`
    : JSON.stringify(outcome.answer).slice(0, 300);

const mentioned = (answer: object, ids: Iterable<string>): string[] => {
  const text = JSON.stringify(answer);
  return [...ids].filter((id) => text.includes(id));
};

/** The ids of a relation that are of no relation covered by the right. */
function beyond(
  records: Record<Relation, Records>,
  covered: readonly Relation[],
  relation: Relation,
): Set<string> {
  const within = new Set(covered.flatMap((one) => Object.values(records[one])));
  return new Set(Object.values(records[relation]).filter((id) => !within.has(id)));
}

/** Why the call was not refused as it ought to be; null when it was. */
export function whyNotRefused(
  operation: Operation,
  outcome: Outcome,
  records: Record<Relation, Records>,
  covered: readonly Relation[] | null,
  relation: Relation,
): string | null {
  if ('error' in outcome) return isRefusal(operation, outcome.error) ? null : said(outcome);
  if (REFUSED_IN_THE_ANSWER[keyOf(operation)]?.(outcome.answer)) return null;
  // Whoever has the right for something may ask, and finds nothing of the rest.
  const isEmpty =
    covered !== null &&
    operation.kind === 'query' &&
    mentioned(outcome.answer, beyond(records, covered, relation)).length === 0;
  return isEmpty ? null : said(outcome);
}

/** Why the call did not go through, or showed too much or too little; null when all is well. */
export function whyNotAllowed(
  operation: Operation,
  outcome: Outcome,
  records: Record<Relation, Records>,
  covered: readonly Relation[],
  shown: readonly Relation[],
): string | null {
  if ('error' in outcome) return isBehind(operation, outcome.error) ? null : said(outcome);
  if (REFUSED_IN_THE_ANSWER[keyOf(operation)]?.(outcome.answer)) return said(outcome);
  const { answer } = outcome;
  for (const relation of RELATIONS.filter((one) => !covered.includes(one))) {
    const ids = mentioned(answer, beyond(records, covered, relation));
    if (ids.length > 0)
      return `shows of ${relation}: ${ids.map((id) => nameOf(records[relation], id)).join(', ')}`;
  }
  if (operation.kind === 'command') return null;
  for (const relation of shown) {
    const ids = shownIds(operation, records, relation);
    if (ids.length > 0 && mentioned(answer, ids).length === 0)
      return `shows nothing of ${relation}: ${said(outcome)}`;
  }
  return null;
}

/** The ids of a relation that an answer has fields for, and that tell it from the caller's own. */
function shownIds(operation: Operation, records: Record<Relation, Records>, relation: Relation): string[] {
  const own = new Set(relation === 'own' ? [] : Object.values(records.own));
  return namesIn(operation)
    .map((name) => records[relation][name])
    .filter((id): id is string => id !== undefined && !own.has(id));
}

/** The records that an operation's answer has fields for. */
export const namesIn = (operation: Operation): string[] =>
  idFieldsOf(operation.output).flatMap((field) => recordName(operation.service, operation.name, field) ?? []);

const nameOf = (records: Records, id: string): string =>
  Object.entries(records).find(([, one]) => one === id)?.[0] ?? id;
