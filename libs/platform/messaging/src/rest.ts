/**
 * How a loop waits between two looks at its table: until the next poll, or until somebody says that there is something.
 * A wake-up that comes while the loop is looking is not lost: the rest after it ends at once.
 */
export class Rest {
  private isWoken = false;
  private closed = false;
  private end: (() => void) | undefined;
  private canBeWoken = false;

  /** Nothing waits any more, and nothing will. */
  close(): void {
    this.closed = true;
    this.end?.();
  }

  /** There is something to look at. */
  wake(): void {
    this.isWoken = true;
    if (this.canBeWoken) this.end?.();
  }

  /** To be said before a look: whatever was told before, this look will see. */
  beginLook(): void {
    this.isWoken = false;
  }

  /** Waits for the next poll, in milliseconds, or a wake-up. */
  async untilWoken(ms: number): Promise<void> {
    if (this.isWoken) return;
    this.canBeWoken = true;
    await this.pause(ms);
    this.canBeWoken = false;
  }

  /** Waits for the whole time, in milliseconds; only the end of the service cuts it short. */
  async pause(ms: number): Promise<void> {
    if (this.closed || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.end = undefined;
  }
}

/**
 * Said by a session that holds an advisory lock and speaks every second or two: a process that hangs without dying loses it,
 * and another replica takes its place.
 */
export const HELD_SESSION = `set idle_session_timeout = '15s'`;
