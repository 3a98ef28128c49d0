import type { Logger } from '@parta/platform-observability';
import type { Clock } from '@parta/platform-rpc';
import type { Pdu } from 'smpp';
import type { Carrier, Handover, Outcome, TakenPart } from '../messages/outcome.js';
import type { SmsSettings } from '../notifications.settings.js';
import type { Receipt, SmsReceipts } from './receipts.js';
import { NoLink, SmppLink } from './smpp-link.js';
import { countParts, smsParts } from './sms-text.js';

const OK = 0;
const UCS2 = 8;
const UDH_INDICATOR = 0x40;
const DELIVERY_RECEIPT = 0x04;
const [INTERNATIONAL, ALPHANUMERIC, ISDN] = [1, 5, 1];
/** Slow down (ESME_RTHROTTLED, ESME_RMSGQFUL), and trouble of the centre itself (ESME_RSYSERR). */
const CHANNEL_TROUBLE = new Map([
  [0x58, 'the SMS centre asks to slow down'],
  [0x14, 'the queue of the SMS centre is full'],
  [0x08, 'the SMS centre has trouble of its own'],
]);
/** The number itself is wrong: ESME_RINVDSTADR, ESME_RINVDSTTON, ESME_RINVDSTNPI. */
const DEAD_ADDRESS = [0x0b, 0x50, 0x51];

/** SMS through an SMS centre by SMPP 3.4, with delivery receipts. */
export class SmsCarrier implements Carrier {
  readonly channel = 'sms';
  readonly width: number;
  private readonly link: SmppLink;

  constructor(
    private readonly settings: SmsSettings,
    receipts: SmsReceipts,
    clock: Clock,
    logger: Logger,
  ) {
    this.width = Math.max(1, Math.min(10, Math.floor(settings.partsPerSecond)));
    this.link = new SmppLink(
      settings.url,
      async (pdu) => {
        const receipt = receiptOf(pdu);
        if (receipt) await receipts.receive(receipt, clock.now());
      },
      logger,
    );
    this.link.warmUp();
  }

  async submit(message: Handover): Promise<Outcome> {
    const reference = parseInt(message.messageId.slice(-2), 16);
    const all = smsParts(message.text, reference);
    const parts: TakenPart[] = [];
    for (const [i, content] of all.entries()) {
      const part = i + 1;
      if (message.partsTaken.includes(part)) continue;
      const outcome = await this.submitPart(message.address, content, all.length > 1);
      if (outcome.kind !== 'submitted') return { ...outcome, parts };
      parts.push({ part, providerId: outcome.providerId });
    }
    return { kind: 'submitted', parts };
  }

  pace(messages: readonly Handover[]): number {
    const parts = messages.reduce((sum, one) => sum + countParts(one.text) - one.partsTaken.length, 0);
    return (parts / this.settings.partsPerSecond) * 1000;
  }

  async stop(): Promise<void> {
    await this.link.stop();
  }

  private async submitPart(
    address: string,
    content: Buffer,
    hasHeader: boolean,
  ): Promise<{ kind: 'submitted'; providerId: string } | Exclude<Outcome, { kind: 'submitted' }>> {
    const sender = this.settings.sender;
    const isNumber = /^\+?\d+$/.test(sender);
    let answer: Pdu;
    try {
      answer = await this.link.submit({
        source_addr: sender.replace(/^\+/, ''),
        source_addr_ton: isNumber ? INTERNATIONAL : ALPHANUMERIC,
        source_addr_npi: isNumber ? ISDN : 0,
        destination_addr: address.replace(/\D/g, ''),
        dest_addr_ton: INTERNATIONAL,
        dest_addr_npi: ISDN,
        data_coding: UCS2,
        esm_class: hasHeader ? UDH_INDICATOR : 0,
        registered_delivery: 1,
        short_message: content,
      });
    } catch (error) {
      const problem = (error as Error).message;
      return error instanceof NoLink
        ? { kind: 'later', problem, isChannelTrouble: true }
        : { kind: 'uncertain', problem };
    }
    const status = answer.command_status;
    if (status === OK) return { kind: 'submitted', providerId: String(answer.message_id) };
    const trouble = CHANNEL_TROUBLE.get(status);
    if (trouble) return { kind: 'later', problem: trouble, isChannelTrouble: true };
    return {
      kind: 'refused',
      problem: `SMPP status 0x${status.toString(16).padStart(2, '0')}`,
      isAddressDead: DEAD_ADDRESS.includes(status),
    };
  }
}

const MESSAGE_STATES: Record<number, string> = {
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
};

/** A receipt out of a deliver_sm, from its parameters or, where there are none, its text; null for anything else. */
function receiptOf(pdu: Pdu): Receipt | null {
  if (((pdu.esm_class as number) & DELIVERY_RECEIPT) === 0) return null;
  const { message } = (pdu.short_message ?? {}) as { message?: string };
  const text = message ?? '';
  const field = (name: string): string | null => new RegExp(`${name}:(\\S+)`).exec(text)?.[1] ?? null;
  const providerId = (pdu.receipted_message_id as string | undefined) ?? field('id');
  const state = field('stat') ?? MESSAGE_STATES[pdu.message_state as number] ?? null;
  if (!providerId || !state) return null;
  const error = field('err');
  return {
    providerId,
    address: String(pdu.source_addr),
    state,
    error: error && error !== '000' ? `err ${error}` : null,
  };
}
