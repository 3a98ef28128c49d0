/** A channel is closed by itself after so many messages in a row that did not arrive. */
export const UNDELIVERED_LIMIT = 5;

/** A code may be guessed at so many times. */
export const GUESSES = 5;
