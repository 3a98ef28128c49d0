/** The part of the `smpp` package that Parta uses; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    response(fields?: Record<string, unknown>): Pdu;
    isResponse(): boolean;
  }

  export class Session extends EventEmitter {
    send(pdu: Pdu, onResponse?: (answer: Pdu) => void): boolean;
    close(done?: () => void): void;
    destroy(done?: () => void): void;
    bind_transceiver(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
    enquire_link(onResponse?: (answer: Pdu) => void): boolean;
    unbind(onResponse?: (answer: Pdu) => void): boolean;
    submit_sm(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
    deliver_sm(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
  }

  interface Smpp {
    connect(options: { host: string; port: number; tls?: boolean }, onConnect?: () => void): Session;
    createServer(onSession: (session: Session) => void): NetServer & { sessions: Session[] };
  }
  const smpp: Smpp;
  export default smpp;
}
