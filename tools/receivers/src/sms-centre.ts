import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import type { Inbox } from './inbox.js';

const OK = 0;
const ESME_RINVPASWD = 0x0e;
const ESME_RINVBNDSTS = 0x04;
const ESME_RTHROTTLED = 0x58;
const UDH_INDICATOR = 0x40;
const DELIVERY_RECEIPT = 0x04;
const REDELIVER_MS = 500;

/** How the centre treats what is submitted, to see what a sender does about it. */
export interface SmsTrouble {
  /** refuses so many submissions with ESME_RTHROTTLED */
  throttleNext?: number;
  /** takes so many submissions and refuses the following with ESME_RTHROTTLED */
  throttleAfter?: number;
  /** refuses every submission with this command status */
  refuseWith?: number;
  /** takes the submission and cuts the line before it answers */
  cutBeforeAnswer?: boolean;
  /** answers every submission with a generic_nack of this command status */
  nackWith?: number;
  /** takes the submission and does not answer until told otherwise; a number: of those to it, digits only */
  holdAnswers?: boolean | string;
  /** answers each submission so many milliseconds late */
  answerDelayMs?: number;
  /** state in receipts: DELIVRD unless said */
  receiptState?: string;
  /** `err` in receipts of what is not delivered: 001 unless said */
  receiptError?: string;
  /** keeps receipts back until told otherwise */
  withholdReceipts?: boolean;
  /** sends the receipt before the answer to the submission, as busy centres do */
  receiptFirst?: boolean;
  /** hexadecimal id in the answer, decimal in the receipt: a known disagreement of centres */
  mixedIds?: boolean;
  /** how the id is written in the answer; hexadecimal unless said */
  answerId?: (id: number) => string;
  /** the receipt as this centre writes it, in place of the usual one; null for none */
  receiptAs?: (of: ReceiptOf) => ShapedReceipt | null;
}

/** What a receipt is about. */
export interface ReceiptOf {
  /** the number that the centre has given the submission */
  id: number;
  /** the number it was sent to, as it was given */
  to: string;
  from: string;
}

/** A PDU that the centre sends of itself; `bytes` goes over the line as it is. */
export type ShapedReceipt =
  { command?: 'deliver_sm' | 'data_sm'; fields: Record<string, unknown> } | { bytes: Buffer };

export interface SmsCentre {
  port: number;
  trouble: SmsTrouble;
  /** submissions that were taken, parts counted singly */
  readonly submitted: number;
  /** what the last session said of itself when it was bound, and what was submitted last */
  readonly lastBind: Pdu | undefined;
  readonly lastSubmission: Pdu | undefined;
  /** how many sessions are bound for receipts now */
  readonly bound: number;
  /**
   * Sends a PDU of its own, such as a message of a subscriber or one more receipt.
   * @returns the command status of the answer
   */
  deliver(fields: Record<string, unknown>, command?: 'deliver_sm' | 'data_sm'): Promise<number>;
  /** Ends every session as centres do for a change of shift (`unbind`), or cuts the lines. */
  end(how: 'unbind' | 'cut'): void;
  /** Sends a request without a body, by name or number, and gives the answer. */
  ask(command: string | number): Promise<Pdu>;
  /** Sends one more receipt for what was submitted last to the number; digits only. */
  receiptAgain(to: string, trouble?: SmsTrouble): void;
  stop(): Promise<void>;
}

interface Part {
  reference: string;
  count: number;
  number: number;
  text: string;
}

/** An SMS centre speaking SMPP 3.4: takes submissions, joins long messages, sends receipts, keeps the inbox. */
export async function startSmsCentre(options: {
  port: number;
  host?: string;
  inbox: Inbox;
  systemId: string;
  password: string;
}): Promise<SmsCentre> {
  let nextId = 0x1a0f0;
  let submitted = 0;
  const parts = new Map<string, Part[]>();
  const sessions = new Set<Session>();
  const withheld: (() => void)[] = [];
  const held: (() => void)[] = [];
  /** whoever is bound gets the receipts, also of what a session before has submitted */
  const receivers = new Set<Session>();
  const undeliverable: ((session: Session) => void)[] = [];
  const send = (work: (session: Session) => void): void => {
    const [session] = receivers;
    if (session) work(session);
    else undeliverable.push(work);
  };
  let trouble: SmsTrouble = {};
  let lastBind: Pdu | undefined;
  let lastSubmission: Pdu | undefined;
  const last = new Map<string, { pdu: Pdu; id: number }>();

  const server: Server = smpp.createServer((session) => {
    let isBound = false;
    sessions.add(session);
    session.setMaxListeners(0);
    session.on('error', () => session.destroy());
    session.on('close', () => {
      sessions.delete(session);
      receivers.delete(session);
    });
    const bind = (pdu: Pdu): void => {
      lastBind = pdu;
      isBound = pdu.system_id === options.systemId && pdu.password === options.password;
      session.send(
        pdu.response({
          command_status: isBound ? OK : ESME_RINVPASWD,
          ...(isBound && { system_id: 'parta-sms-centre' }),
        }),
      );
      if (!isBound || pdu.command === 'bind_transmitter') return;
      receivers.add(session);
      for (const work of undeliverable.splice(0)) work(session);
    };
    for (const command of ['bind_transceiver', 'bind_transmitter', 'bind_receiver'])
      session.on(command, bind);
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => {
      const refuse = (status: number): boolean => session.send(pdu.response({ command_status: status }));
      if (!isBound) return void refuse(ESME_RINVBNDSTS);
      if (trouble.throttleNext) {
        trouble.throttleNext -= 1;
        return void refuse(ESME_RTHROTTLED);
      }
      if (trouble.throttleAfter !== undefined && trouble.throttleAfter-- <= 0)
        return void refuse(ESME_RTHROTTLED);
      if (trouble.refuseWith) return void refuse(trouble.refuseWith);
      if (trouble.nackWith) {
        const fields = { command_status: trouble.nackWith, sequence_number: pdu.sequence_number };
        return void session.send(new smpp.PDU('generic_nack', fields));
      }
      const id = nextId++;
      submitted += 1;
      lastSubmission = pdu;
      last.set(String(pdu.destination_addr), { pdu, id });
      keep(pdu, parts, options.inbox);
      if (trouble.cutBeforeAnswer) return void session.destroy();
      const answer = (): boolean =>
        session.send(pdu.response({ message_id: trouble.answerId?.(id) ?? id.toString(16) }));
      const receipt = (): void => {
        if (pdu.registered_delivery) sendReceipt(send, pdu, id, trouble);
      };
      const receiptWhenAllowed = (): void => {
        if (trouble.withholdReceipts) withheld.push(receipt);
        else receipt();
      };
      if (trouble.holdAnswers === true || trouble.holdAnswers === pdu.destination_addr) {
        held.push(answer);
        receiptWhenAllowed();
      } else if (trouble.receiptFirst) {
        receiptWhenAllowed();
        setTimeout(answer, 50);
      } else if (trouble.answerDelayMs) {
        setTimeout(() => {
          answer();
          receiptWhenAllowed();
        }, trouble.answerDelayMs);
      } else {
        answer();
        receiptWhenAllowed();
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get submitted() {
      return submitted;
    },
    get lastBind() {
      return lastBind;
    },
    get lastSubmission() {
      return lastSubmission;
    },
    get bound() {
      return receivers.size;
    },
    deliver: (fields, command = 'deliver_sm') =>
      new Promise((resolve) =>
        send((session) => void session[command](fields, (answer) => resolve(answer.command_status))),
      ),
    end: (how) => {
      for (const session of [...sessions])
        if (how === 'cut') session.destroy();
        else session.unbind(() => session.close());
    },
    ask: (command) =>
      new Promise((resolve) => {
        send((session) => {
          const sequence = 0x7000_0000 + nextId;
          session.on('pdu', (pdu: Pdu) => pdu.sequence_number === sequence && resolve(pdu));
          if (typeof command === 'string') {
            session.send(new smpp.PDU(command, { sequence_number: sequence }));
            return;
          }
          const bytes = Buffer.alloc(16);
          bytes.writeUInt32BE(16, 0);
          bytes.writeUInt32BE(command, 4);
          bytes.writeUInt32BE(sequence, 12);
          session.socket.write(bytes);
        });
      }),
    receiptAgain: (to, how = trouble) => {
      const { pdu, id } = last.get(to)!;
      sendReceipt(send, pdu, id, how);
    },
    get trouble() {
      return trouble;
    },
    set trouble(value) {
      trouble = value;
      if (!value.withholdReceipts) for (const release of withheld.splice(0)) release();
      if (!value.holdAnswers) for (const answer of held.splice(0)) answer();
    },
    stop: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Puts a submission into the inbox, a long message once its last part has come. */
function keep(pdu: Pdu, waiting: Map<string, Part[]>, inbox: Inbox): void {
  const to = String(pdu.destination_addr);
  const from = String(pdu.source_addr);
  const { message, udh } = pdu.short_message as { message: string; udh?: Buffer[] };
  const coding = String(pdu.data_coding);
  const concatenation =
    ((pdu.esm_class as number) & UDH_INDICATOR) !== 0 && udh?.find((element) => element[0] === 0);
  if (!concatenation) {
    inbox.add({
      channel: 'sms',
      to,
      from,
      subject: null,
      text: message,
      html: null,
      headers: { parts: '1', coding },
    });
    return;
  }
  const part: Part = {
    reference: `${to} ${concatenation[2]}`,
    count: concatenation[3]!,
    number: concatenation[4]!,
    text: message,
  };
  const all = [...(waiting.get(part.reference) ?? []).filter((one) => one.number !== part.number), part];
  if (all.length < part.count) {
    waiting.set(part.reference, all);
    return;
  }
  waiting.delete(part.reference);
  const text = all
    .sort((a, b) => a.number - b.number)
    .map((one) => one.text)
    .join('');
  inbox.add({
    channel: 'sms',
    to,
    from,
    subject: null,
    text,
    html: null,
    headers: { parts: String(part.count), coding },
  });
}

function sendReceipt(
  send: (work: (session: Session) => void) => void,
  submission: Pdu,
  id: number,
  trouble: SmsTrouble,
): void {
  const state = trouble.receiptState ?? 'DELIVRD';
  const shownId = trouble.mixedIds ? String(id) : id.toString(16);
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(2, 12);
  const isDelivered = state === 'DELIVRD';
  const text =
    `id:${shownId} sub:001 dlvrd:${isDelivered ? '001' : '000'} submit date:${stamp} done date:${stamp} ` +
    `stat:${state} err:${isDelivered ? '000' : (trouble.receiptError ?? '001')} text:`;
  const usual: ShapedReceipt = {
    fields: {
      source_addr: submission.destination_addr,
      destination_addr: submission.source_addr,
      esm_class: DELIVERY_RECEIPT,
      short_message: Buffer.from(text, 'latin1'),
      receipted_message_id: shownId,
    },
  };
  const to = String(submission.destination_addr);
  const from = String(submission.source_addr);
  const shaped = trouble.receiptAs ? trouble.receiptAs({ id, to, from }) : usual;
  if (!shaped) return;
  const deliver = (session: Session): void => {
    if ('bytes' in shaped) return void session.socket.write(shaped.bytes);
    // A line that ends before the receipt is acknowledged: it comes again by the next.
    const again = (): void => send(deliver);
    session.once('close', again);
    session[shaped.command ?? 'deliver_sm'](
      // The package changes what it sends; a receipt may go out several times.
      { ...shaped.fields },
      (answer) => {
        session.off('close', again);
        // A sender that could not keep the receipt says so and gets it again.
        if (answer.command_status !== OK) setTimeout(() => send(deliver), REDELIVER_MS).unref();
      },
    );
  };
  send(deliver);
}
