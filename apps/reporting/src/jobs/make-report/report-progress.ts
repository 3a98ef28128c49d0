/** How far a report has come, and whether to go on. */
export class ReportProgress {
  /** percent, as the report shows it */
  percent = 0;
  readonly signal: AbortSignal;
  private readonly own = new AbortController();

  constructor(stopping: AbortSignal) {
    this.signal = AbortSignal.any([stopping, this.own.signal]);
  }

  abort(reason: Error): void {
    this.own.abort(reason);
  }

  /**
   * Marks a point between two steps, and lets others of this process have a turn.
   * @throws the reason when the service stops or the claim is lost
   */
  async reached(percent: number): Promise<void> {
    this.percent = Math.max(this.percent, Math.floor(percent));
    await new Promise((resolve) => setImmediate(resolve));
    this.signal.throwIfAborted();
  }
}
