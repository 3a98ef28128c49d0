/** What happened longer ago is no news: a consumer that was down, or a journal filled in afterwards, wakes nobody. */
export const NEWS_HOURS = 12;

/**
 * Facts older than this change nothing any more. Nothing that is older may still wait: it was news once, waited a day for
 * its hour, and a day more at most is tried.
 */
export const CORRECTABLE_HOURS = NEWS_HOURS + 24 + 24;
