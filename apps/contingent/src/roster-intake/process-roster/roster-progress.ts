/** How far a package has come, and whether to go on. */
export class RosterProgress {
  /** percent, as the job shows it */
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
   * Marks a point between two steps.
   * @throws the reason when the service stops or the claim is lost
   */
  reached(percent: number): void {
    this.signal.throwIfAborted();
    this.percent = Math.max(this.percent, Math.floor(percent));
  }

  /** A function that maps a share (0–1) of a phase onto the percents between `from` and `to`. */
  phase(from: number, to: number): (share: number) => void {
    return (share) => this.reached(from + (to - from) * Math.min(1, share));
  }
}
