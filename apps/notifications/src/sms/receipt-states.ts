/**
 * What a delivery state says. `pending`: not the last word. `unknown`: the centre does not know, or says something that
 * Parta does not know; the message stays as it is. `failed`, `delivered`: the last word, of which a later `delivered` counts.
 */
export type ReceiptOutcome = 'pending' | 'unknown' | 'failed' | 'delivered';

export interface ReceiptState {
  /** the name by SMPP 3.4, B.1, or UNKNOWN */
  name: string;
  outcome: ReceiptOutcome;
  /** whether it says something about the number: a message that was deleted or refused by the operator does not */
  isAboutNumber: boolean;
}

const state = (
  name: string,
  outcome: ReceiptOutcome,
  isAboutNumber = outcome === 'delivered',
): ReceiptState => ({ name, outcome, isAboutNumber });

const UNKNOWN = state('UNKNOWN', 'unknown');
/** Not sent, for what came before it; nothing is said of the number (SMPP 5.0, 4.7.15). */
const SKIPPED = state('SKIPPED', 'unknown');

const STATES: readonly { state: ReceiptState; code?: number; spellings: readonly string[] }[] = [
  { state: state('SCHEDULED', 'pending'), code: 0, spellings: ['SCHEDULED', 'SCHEDLD'] },
  { state: state('ENROUTE', 'pending'), code: 1, spellings: ['ENROUTE', 'ENROUT', 'INTRANSIT', 'SENT'] },
  {
    state: state('BUFFERED', 'pending'),
    spellings: ['BUFFERED', 'BUFFERD', 'BUFFRED', 'BUFFED', 'QUEUED', 'PENDING'],
  },
  { state: state('ACCEPTD', 'pending'), code: 6, spellings: ['ACCEPTD', 'ACCEPTED', 'ACKED'] },
  {
    state: state('DELIVRD', 'delivered'),
    code: 2,
    spellings: ['DELIVRD', 'DELIVERED', 'DELIVERD', 'DELIVRED', 'DLVRD', 'READ', 'SEEN'],
  },
  { state: state('EXPIRED', 'failed', true), code: 3, spellings: ['EXPIRED', 'EXPIRD'] },
  { state: state('DELETED', 'failed'), code: 4, spellings: ['DELETED', 'DELETD', 'CANCELED', 'CANCELLED'] },
  {
    state: state('UNDELIV', 'failed', true),
    code: 5,
    spellings: ['UNDELIV', 'UNDELIVERABLE', 'UNDELIVERED', 'UNDELIVRD', 'UNDELIVERD', 'UNDLVRD', 'FAILED'],
  },
  {
    state: state('REJECTD', 'failed'),
    code: 8,
    spellings: ['REJECTD', 'REJECTED', 'REJCTED', 'REFUSED', 'BLOCKED'],
  },
  { state: UNKNOWN, code: 7, spellings: ['UNKNOWN', 'UNKNOWND', 'UNKNWN'] },
  { state: SKIPPED, code: 9, spellings: ['SKIPPED', 'SKIPD'] },
];

const BY_SPELLING = new Map(STATES.flatMap((one) => one.spellings.map((name) => [name, one.state] as const)));
const BY_CODE = new Map(
  STATES.flatMap((one) => (one.code === undefined ? [] : [[one.code, one.state] as const])),
);

/** The state that a receipt names, in any usual spelling; null for one that is in no table. */
export const stateNamed = (name: string): ReceiptState | null =>
  BY_SPELLING.get(name.toUpperCase().replace(/[^A-Z]/g, '')) ?? null;

/** The state of a `message_state` parameter; null for one that is in no table. */
export const stateOfCode = (code: number): ReceiptState | null => BY_CODE.get(code) ?? null;

/** The state of a receipt that says nothing that Parta knows. */
export const UNKNOWN_STATE = UNKNOWN;

const WEIGHTS: Record<ReceiptOutcome, number> = { pending: 0, unknown: 1, failed: 2, delivered: 3 };

/** Whether the newer word of a centre replaces the older: knowledge replaces ignorance, and an arrival everything. */
export const replaces = (older: string | null, newer: ReceiptState): boolean =>
  older === null || WEIGHTS[newer.outcome] > WEIGHTS[(stateNamed(older) ?? UNKNOWN).outcome];

/** Names of states with the outcome, as they are kept. */
export const namesWith = (outcome: ReceiptOutcome): string[] =>
  STATES.filter((one) => one.state.outcome === outcome).map((one) => one.state.name);

/** Those of them that say something about the number. */
export const namesOfNumbers = (outcome: ReceiptOutcome): string[] =>
  STATES.filter((one) => one.state.outcome === outcome && one.state.isAboutNumber).map(
    (one) => one.state.name,
  );
