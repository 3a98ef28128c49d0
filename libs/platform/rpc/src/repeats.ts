const MOST = 100;
const SHARE = 0.1;

/**
 * How many repeats may be sent: a tenth of the requests, and some more at once. Where a service is slow because it has too
 * much to do, repeats without a limit would be its end.
 */
export class RepeatBudget {
  private left = MOST;

  /** A request has come. */
  earn(): void {
    this.left = Math.min(MOST, this.left + SHARE);
  }

  /** Whether a repeat may be sent now; it is counted then. */
  spend(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}

/** What a failed try means for the next one. */
export type Failure =
  /** nobody has got it: it may be sent again, whatever it is */
  | 'not-taken'
  /** it may or may not have been done; it failed for a reason that passes */
  | 'passing'
  /** an answer, or beyond help */
  | 'final';

export interface Tries<T> {
  /** one try, for so many milliseconds */
  send(timeoutMs: number): Promise<T>;
  judge(error: unknown): Failure;
  /** milliseconds for all tries together */
  timeoutMs: number;
  /** doing it twice is the same as doing it once */
  isRepeatable: boolean;
  budget: RepeatBudget;
}

/**
 * After how long without an answer a repeatable request is sent again, to whichever replica gets it: one that was killed with
 * the request in its hands answers never. The first request is still listened to; a slow answer is an answer.
 */
const UNANSWERED_AFTER_MS = [1000, 2000];
/** nobody listens: for the moment in which a replica, or a node of NATS, is replaced */
const NOBODY_FOR_MS = 3000;
const PAUSE_MS = 100;

/**
 * Sends a request, and again where that is safe, to get one answer within its time. What is not repeatable is sent again only
 * when nobody has got it.
 * @throws the last error when no try succeeded
 */
export function firstAnswer<T>(tries: Tries<T>): Promise<T> {
  const { send, judge, timeoutMs, isRepeatable, budget } = tries;
  const startedAt = performance.now();
  const left = (): number => timeoutMs - (performance.now() - startedAt);
  budget.earn();
  return new Promise((resolve, reject) => {
    let underWay = 0;
    let sent = 0;
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      isOver = true;
      clearTimeout(timer);
      settle();
    };
    const sendOne = (): void => {
      clearTimeout(timer);
      underWay += 1;
      if (isRepeatable && sent < UNANSWERED_AFTER_MS.length) {
        timer = setTimeout(() => {
          if (!isOver && left() > PAUSE_MS && budget.spend()) sendOne();
        }, UNANSWERED_AFTER_MS[sent]);
      }
      sent += 1;
      send(left()).then(
        (answer) => isOver || end(() => resolve(answer)),
        (error: unknown) => {
          underWay -= 1;
          if (!isOver) afterFailure(error as Error);
        },
      );
    };
    const afterFailure = (error: Error): void => {
      const failure = judge(error);
      if (failure === 'final') return end(() => reject(error));
      // Another try may still be answered.
      if (underWay > 0) return;
      const mayRepeat =
        failure === 'not-taken'
          ? performance.now() - startedAt < NOBODY_FOR_MS
          : isRepeatable && budget.spend();
      if (!mayRepeat || left() < 2 * PAUSE_MS) return end(() => reject(error));
      clearTimeout(timer);
      timer = setTimeout(sendOne, PAUSE_MS);
    };
    sendOne();
  });
}
