import { TestClock } from '@parta/platform-testing';

/** Stands still until it is moved forward. Tokens are verified against real time, so it never goes back. */
export class ForwardClock extends TestClock {
  constructor() {
    super(new Date());
  }

  advance(span: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = span;
    this.set(new Date(this.now().getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000));
  }
}
