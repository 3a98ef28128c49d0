/** How far a job has come, and whether to go on. */
export class JobProgress {
  /** percent, as the job's table shows it */
  percent = 0;
  readonly signal: AbortSignal;
  private readonly own = new AbortController();

  /** @param stopping aborted when the service stops */
  constructor(stopping: AbortSignal) {
    this.signal = AbortSignal.any([stopping, this.own.signal]);
  }

  abort(reason: Error): void {
    this.own.abort(reason);
  }

  /**
   * Marks a point between two steps. The percent never goes back.
   * @throws the reason when the service stops or the claim is lost
   */
  reached(percent: number): void {
    this.signal.throwIfAborted();
    this.percent = Math.max(this.percent, Math.floor(percent));
  }

  /** The same, and others of this process have a turn: for steps that compute without ever waiting for anything. */
  async paused(percent: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.reached(percent);
  }

  /** A function that maps a share (0–1) of a phase onto the percents between `from` and `to`. */
  phase(from: number, to: number): (share: number) => void {
    return (share) => this.reached(from + (to - from) * Math.min(1, share));
  }
}
