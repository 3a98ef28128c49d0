/** The current instant; tests give their own. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
