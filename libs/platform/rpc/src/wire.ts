import { gunzipSync, gzipSync } from 'node:zlib';
import type { OutgoingResponse, Serializer } from '@nestjs/microservices';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { MAX_MESSAGE_BYTES } from '@parta/platform-messaging';
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

/** What a use case comes to. */
export type RpcAnswer = { ok: true; value: unknown } | { ok: false; error: PlainError };

/** A value that is JSON already: an answer that is kept for a repetition is written once, not again for the wire. */
export class Written<T extends object = object> {
  /** what it is when it has been read */
  declare readonly read?: T;

  constructor(readonly json: string) {}

  /** An answer of which the longest fields come from PostgreSQL as JSON, and are handed on unread. */
  static with<T extends object, K extends keyof T & string>(
    rest: Omit<T, K>,
    written: Record<K, string>,
  ): Written<T> {
    const fields = Object.entries<string>(written).map(([name, json]) => `"${name}":${json}`);
    const open = JSON.stringify(rest).slice(0, -1);
    return new Written(`${open}${open === '{' ? '' : ','}${fields.join(',')}}`);
  }
}

/** Header of an answer: `ok`, and the body is the value; `error`, and it is a `PlainError`; `failed`, and nothing is known. */
export const ANSWER = 'Parta-Answer';

/** Header of an answer whose body is compressed. */
const ENCODING = 'Parta-Encoding';

/** Above this an answer is compressed, in bytes: NATS refuses what is larger than its bound, and texts shrink tenfold. */
const COMPRESSED_ABOVE = 256 * 1024;

/** What a message takes beside its body, in bytes. */
const HEADERS_BYTES = 4096;

/** The body of an answer as the service wrote it: JSON in UTF-8. */
export function bodyOf({
  data,
  headers: given,
}: {
  data: Uint8Array;
  headers?: MsgHdrs | undefined;
}): Buffer {
  const body = Buffer.from(data.buffer, data.byteOffset, data.length);
  return given?.get(ENCODING) === 'gzip' ? gunzipSync(body) : body;
}

/**
 * Writes answers so that the gateway need not read them: the body is what the client gets, whether it went well says the
 * header. In place of Nest's serializer, which puts both into one JSON document.
 */
export class AnswerSerializer implements Serializer<OutgoingResponse, WireAnswer> {
  serialize({ response, err }: OutgoingResponse): WireAnswer {
    const answer = response as RpcAnswer | undefined;
    const h = headers();
    h.set(ANSWER, answer ? (answer.ok ? 'ok' : 'error') : 'failed');
    const body = answer ? (answer.ok ? answer.value : answer.error) : String(err);
    const json = body instanceof Written ? body.json : JSON.stringify(body);
    if (json.length * 3 <= COMPRESSED_ABOVE || Buffer.byteLength(json) <= COMPRESSED_ABOVE)
      return { data: json, headers: h };
    const data = gzipSync(json, { level: 1 });
    if (data.length > MAX_MESSAGE_BYTES - HEADERS_BYTES) return tooLarge(Buffer.byteLength(json));
    h.set(ENCODING, 'gzip');
    return { data, headers: h };
  }
}

interface WireAnswer {
  data: string | Uint8Array;
  headers: MsgHdrs;
}

function tooLarge(bytes: number): WireAnswer {
  const h = headers();
  h.set(ANSWER, 'error');
  const error: PlainError = {
    kind: 'invalid',
    code: 'request.answer-too-large',
    message: `the answer has ${bytes} bytes, more than can be sent: ask for less at once`,
  };
  return { data: JSON.stringify(error), headers: h };
}
