import type { Channel } from '@parta/contracts-notifications';

/** A message as a carrier gets it. */
export interface Handover {
  messageId: string;
  address: string;
  subject: string | null;
  text: string;
  html: string | null;
  unsubscribeUrl: string | null;
  /** after this it is of no use any more and need not be delivered; ISO 8601 */
  usefulUntil: string;
  /** numbers of the parts of a long SMS that the centre has already taken, from 1 */
  partsTaken: number[];
}

/** One short message that the centre has taken, under its own id. */
export interface TakenPart {
  part: number;
  providerId: string;
}

/** What became of handing over. `uncertain`: the line broke before the answer, so it may have arrived. */
export type Outcome = { parts?: TakenPart[] } & (
  | { kind: 'submitted' }
  | { kind: 'refused'; problem: string; isAddressDead: boolean }
  /** not taken; to be tried again */
  | {
      kind: 'later';
      problem: string;
      /**
       * whom it concerns: the message alone; the channel, which is down or told to slow down; the channel, `stopped` until
       * somebody has put settings, contract or account right
       */
      trouble: 'message' | 'channel' | 'stopped';
    }
  | { kind: 'uncertain'; problem: string }
);

/** Hands messages over to the world by one channel. It never throws: whatever happens is an outcome. */
export interface Carrier {
  readonly channel: Channel;
  /** messages handed over side by side */
  readonly width: number;
  /** @param onLate called with the answer that comes after the outcome was `uncertain`; perhaps never */
  submit(message: Handover, onLate: (outcome: Outcome) => void): Promise<Outcome>;
  /** milliseconds to wait before the next messages, so that the contract's rate holds */
  pace(messages: readonly Handover[]): number;
  stop(): Promise<void>;
}
