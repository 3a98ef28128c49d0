import type { PlainError } from '@parta/platform-errors';

/** What the gateway puts on the wire for an operation. */
export interface RpcRequest {
  input: unknown;
  token: string | null;
  correlationId: string;
  idempotencyKey: string | null;
  /** the school a person of several schools is working in, as the client says; checked against the token */
  school: string | null;
  /** address of the client, for sessions and the log */
  address: string | null;
  userAgent: string | null;
}

export type RpcAnswer = { ok: true; value: unknown } | { ok: false; error: PlainError };
