import type { Schemas } from '../../../api/types';

type Change = Schemas['EntryChange'];
type Became = Pick<Change, 'before' | 'after'>;

/** Changes that one person made to one thing without a pause, and what they come to. */
export interface Turn {
  subject: string;
  changedBy: string;
  /** of the last of them */
  changedAt: string;
  /** empty when everything was taken back */
  became: Became[];
  /** the newest first */
  changes: Change[];
}

/** Whoever pauses for longer has thought anew. */
const PAUSE_MS = 2 * 60_000;

/**
 * A history without the noise of typing: «2», taken back, «5» reads as «5». A change with a reason stands alone.
 * @param changes the newest first
 */
export function turnsOf(changes: readonly Change[]): Turn[] {
  const turns: Turn[] = [];
  for (const change of changes) {
    const turn = turns.at(-1);
    if (turn && isOneTurn(turn.changes.at(-1)!, change)) turn.changes.push(change);
    else {
      const { subject, changedBy, changedAt } = change;
      turns.push({ subject, changedBy, changedAt, became: [], changes: [change] });
    }
  }
  for (const turn of turns) turn.became = outcomeOf(turn.changes.toReversed());
  return turns;
}

const isOneTurn = (later: Change, earlier: Change): boolean =>
  later.subject === earlier.subject &&
  later.changedBy === earlier.changedBy &&
  later.isLate === earlier.isLate &&
  later.reason === null &&
  earlier.reason === null &&
  Date.parse(later.changedAt) - Date.parse(earlier.changedAt) <= PAUSE_MS;

/** What becomes of a value is what becomes of it in the end. @param changes the oldest first */
function outcomeOf(changes: readonly Change[]): Became[] {
  const became: Became[] = [];
  for (const { before, after } of changes) {
    // Of two equal marks the later one is meant: undo takes that.
    const at = became.findLastIndex((one) => one.after === before && before !== null);
    if (at < 0) became.push({ before, after });
    else became[at] = { before: became[at]!.before, after };
  }
  // A presence is always something, also when it is not written: «present» has no value.
  const isAttendance = changes[0]!.subject === 'attendance';
  if (isAttendance) {
    const [first, last] = [changes[0]!.before, changes.at(-1)!.after];
    return first === last ? [] : [{ before: first, after: last }];
  }
  const left = became.filter(({ before, after }) => before !== after);
  // A mark that was taken out and put back as it was.
  for (const removed of left.filter(({ after }) => after === null)) {
    const again = left.findIndex(({ before, after }) => before === null && after === removed.before);
    if (again < 0) continue;
    left.splice(again, 1);
    left.splice(left.indexOf(removed), 1);
  }
  return left;
}
