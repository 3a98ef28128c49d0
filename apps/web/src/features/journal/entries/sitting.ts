import type { EntryQueue } from './entry-queue';
import type { Step } from './types';

const KEPT = 200;

/** Undo and redo of one sitting. Each turn is undone by steps of its own: nothing is removed from the journal. */
export class Sitting {
  private past: Step[][] = [];
  private future: Step[][] = [];

  constructor(private readonly queue: Pick<EntryQueue, 'apply'>) {}

  do(steps: readonly Step[]): void {
    const back = this.queue.apply(steps);
    if (back.length === 0) return;
    this.past = [...this.past, back].slice(-KEPT);
    this.future = [];
  }

  /** @returns the cells that changed, or null when there is nothing to undo */
  undo(): Step[] | null {
    return this.turn('past', 'future');
  }

  redo(): Step[] | null {
    return this.turn('future', 'past');
  }

  private turn(from: 'past' | 'future', to: 'past' | 'future'): Step[] | null {
    const steps = this[from].pop();
    if (!steps) return null;
    this[to].push(this.queue.apply(steps));
    return steps;
  }
}
