import type { JsMsg } from '@nats-io/jetstream';
import type { Envelope } from '@parta/platform-contract';
import type { Reaction } from './subscriptions.js';

/** A fact in the hands of a consumer, with what it reacts by; nothing when it does not handle such facts. */
export interface Delivery {
  message: JsMsg;
  envelope: Envelope;
  reaction: Reaction | undefined;
}

/** What the message carries, or null when that is no fact. */
export function readEnvelope(message: JsMsg): Envelope | null {
  try {
    const envelope = message.json<Envelope>();
    return typeof envelope?.id === 'string' &&
      typeof envelope.type === 'string' &&
      typeof envelope.aggregateId === 'string'
      ? envelope
      : null;
  } catch {
    return null;
  }
}

/** Stands for what cannot be read, where it is put aside. */
export const unreadable = (message: JsMsg): Envelope => ({
  id: '',
  type: '',
  version: 0,
  source: '',
  schoolId: null,
  aggregateId: `sequence ${message.info.streamSequence}`,
  aggregateVersion: 0,
  occurredAt: '',
  actor: null,
  correlationId: '',
  causationId: null,
  data: null,
});
