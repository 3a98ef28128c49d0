/**
 * What identity tells every gateway, after its commit: access that ended before its tokens do. Core NATS, no history: a gateway that was away
 * lets such a token live until it expires. It ends the live updates at once and refuses the tokens.
 */
export interface AccessEnded {
  /** sessions that have ended: their tokens are good for nothing any more */
  sessionIds?: string[];
  /** accounts that have lost a role: tokens signed before have to be renewed */
  accountIds?: string[];
  /** when, as an ISO instant */
  at: string;
}

/** Subject of `AccessEnded`. */
export const ACCESS_ENDED = 'live.identity.access-ended';
