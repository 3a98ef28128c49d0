/**
 * How far apart two lots begin. What comes alone is handled at once; the more came together, the longer the next lot is
 * gathered, because a lot costs much the same whatever it holds.
 */
export class Pace {
  private dueAt = 0;

  /**
   * @param perOne milliseconds for each thing of the lot
   * @param longest milliseconds, whatever the lot held
   */
  constructor(
    private readonly perOne: number,
    private readonly longest: number,
  ) {}

  /** Milliseconds until the next lot is due; none or less when it is. */
  get wait(): number {
    return this.dueAt - performance.now();
  }

  /** A lot begins. */
  begin(size: number): void {
    this.dueAt = performance.now() + Math.min(size * this.perOne, this.longest);
  }
}
