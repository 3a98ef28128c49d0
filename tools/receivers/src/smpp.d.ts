/** The part of the `smpp` package that Parta uses; it brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    response(fields?: Record<string, unknown>): Pdu;
    isResponse(): boolean;
  }

  export class Session extends EventEmitter {
    readonly socket: Socket;
    send(pdu: Pdu, onResponse?: (answer: Pdu) => void): boolean;
    close(done?: () => void): void;
    destroy(done?: () => void): void;
    bind_transceiver(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
    enquire_link(onResponse?: (answer: Pdu) => void): boolean;
    unbind(onResponse?: (answer: Pdu) => void): boolean;
    submit_sm(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
    deliver_sm(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
    data_sm(fields: Record<string, unknown>, onResponse?: (answer: Pdu) => void): boolean;
  }

  interface FieldType {
    write(value: unknown, buffer: Buffer, offset: number): void;
  }
  interface PduClass {
    new (bytes: Buffer): Pdu;
    new (command: string, fields: Record<string, unknown>): Pdu;
    readonly prototype: object;
    /** @returns false while the whole PDU has not come */
    fromStream(stream: { read(length: number): Buffer | null }, length: number): Pdu | false;
  }

  interface Smpp {
    PDU: PduClass;
    types: { buffer: FieldType; tlv: { buffer: FieldType } };
    commands: Record<'deliver_sm', { params: Record<string, { type: FieldType }> }>;
    commandsById: Record<number, { command: string } | undefined>;
    gsmCoder: { decode(bytes: Buffer, table: number): string };
    addTLV(tag: string, options: { id: number; type: FieldType }): void;
    connect(options: { host: string; port: number; tls?: boolean }, onConnect?: () => void): Session;
    createServer(onSession: (session: Session) => void): NetServer & { sessions: Session[] };
  }
  const smpp: Smpp;
  export default smpp;
}
