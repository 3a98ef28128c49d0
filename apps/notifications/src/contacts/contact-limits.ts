/** A channel is closed by itself after so many messages in a row that did not arrive. */
export const UNDELIVERED_LIMIT = 5;
