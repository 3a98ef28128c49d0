import type { Pdu } from 'smpp';
import { foreignText } from '../messages/foreign-text.js';
import { keptId } from './message-ids.js';
import { stateNamed, stateOfCode, UNKNOWN_STATE, type ReceiptState } from './receipt-states.js';
import smpp from './smpp-package.js';

/** What a receipt says of one short message. */
export interface Receipt {
  /** the ways in which the receipt writes the message's id, the surest first */
  providerIds: string[];
  /** the number it was sent to, and whatever else may be it: some centres leave sender and recipient as they were */
  addresses: string[];
  state: ReceiptState;
  /** `err 00B`; null when there is none */
  error: string | null;
  /** the state as it was written, when it is in no table */
  saidState: string | null;
}

/** What a centre hands over: a receipt, a message that somebody has sent to Parta's number, or nothing to read. */
export type Delivery =
  | { kind: 'receipt'; receipt: Receipt }
  | { kind: 'message'; from: string; text: string }
  | { kind: 'unreadable' };

/** Bits of esm_class: how the short message is to be understood. */
const MESSAGE_TYPE = 0x3c;
const [DELIVERY_RECEIPT, INTERMEDIATE_NOTIFICATION] = [0x04, 0x20];
const UDH_INDICATOR = 0x40;
const UCS2 = 8;
const ERROR_LENGTH = 20;
const STATE_LENGTH = 20;
const TEXT_LENGTH = 1000;

/** Field names of a receipt's text; what follows `text` is the message itself and may hold anything. */
const FIELDS = 'id|sub|dlvrd|submit ?date|done ?date|stat|state|status|err|error';

/**
 * Reads what a deliver_sm or data_sm holds. The text may stand in the short message or in message_payload, in any of the
 * usual codings; the id in a parameter or in the text; the fields in capitals, with spaces or `=`.
 */
export function readDelivery(pdu: Pdu): Delivery {
  if (pdu.isUnreadable) return { kind: 'unreadable' };
  const type = Number(pdu.esm_class ?? 0) & MESSAGE_TYPE;
  const bytes = bodyOf(pdu);
  const coding = Number(pdu.data_coding ?? 0) & 0x0f;
  const texts = readingsOf(bytes, coding).map((text) => text.replace(/(^|\s)text\s*[:=].*$/is, '$1'));
  const named = pdu.receipted_message_id;
  const parameterId = Buffer.isBuffer(named) ? named.toString('latin1') : null;
  const ids = [parameterId, ...texts.map((text) => field(text, 'id'))].flatMap((id) =>
    id ? [keptId(id)] : [],
  );
  const saidState = texts.map((text) => field(text, 'stat|state|status')).find(Boolean) ?? null;
  const code = pdu.message_state === undefined ? null : Number(pdu.message_state);
  const isReceipt =
    type === DELIVERY_RECEIPT ||
    type === INTERMEDIATE_NOTIFICATION ||
    // Centres that do not say what it is, and mean a receipt.
    (ids.length > 0 && (saidState !== null || code !== null));
  if (!isReceipt) {
    const from = String(pdu.source_addr ?? '');
    const [text = ''] = readingsOf(bytes, coding);
    return { kind: 'message', from: foreignText(from, 40), text: foreignText(text, TEXT_LENGTH) };
  }
  const providerIds = [...new Set(ids.filter((id) => id !== ''))];
  if (providerIds.length === 0 || (saidState === null && code === null)) return { kind: 'unreadable' };
  const known = (saidState && stateNamed(saidState)) || (code === null ? null : stateOfCode(code));
  const error = texts.map((text) => field(text, 'err|error')).find(Boolean) ?? null;
  return {
    kind: 'receipt',
    receipt: {
      providerIds,
      addresses: [pdu.source_addr, pdu.destination_addr]
        .map((one) => String(one ?? ''))
        .filter((one) => /\d{5}/.test(one)),
      state: known ?? UNKNOWN_STATE,
      error: error && !/^0*$/.test(error) ? `err ${foreignText(error, ERROR_LENGTH)}` : null,
      saidState: known ? null : foreignText(saidState ?? String(code), STATE_LENGTH),
    },
  };
}

function bodyOf(pdu: Pdu): Buffer {
  const [message, payload] = [pdu.short_message, pdu.message_payload].map((one) =>
    Buffer.isBuffer(one) ? one : Buffer.alloc(0),
  );
  const body = message!.length > 0 ? message! : payload!;
  const hasHeader = (Number(pdu.esm_class ?? 0) & UDH_INDICATOR) !== 0 && body.length > 0;
  return hasHeader ? body.subarray(body[0]! + 1) : body;
}

/** The text as ASCII and as GSM 03.38, which differ in `_`, `@`, `{` and the like: centres mean either by the same coding. */
function readingsOf(bytes: Buffer, coding: number): string[] {
  if (coding === UCS2)
    return [
      Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le'),
    ];
  const text = bytes.toString('latin1');
  return coding > 1 ? [text] : [text, smpp.gsmCoder.decode(bytes, 0)];
}

/** The value behind the first of the names that has one. */
function field(text: string, names: string): string | null {
  const found = new RegExp(
    `(?:^|[\\s,;])(?:${names})\\s*[:=]\\s*(?!(?:${FIELDS})\\s*[:=])([^\\s,;]+)`,
    'i',
  ).exec(text);
  return found?.[1] ?? null;
}
