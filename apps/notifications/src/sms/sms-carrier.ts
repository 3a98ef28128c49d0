import type { Logger } from '@parta/platform-observability';
import type { Clock } from '@parta/platform-rpc';
import type { Pdu } from 'smpp';
import { isDataError } from '../messages/data-error.js';
import type { Carrier, Handover, Outcome, TakenPart } from '../messages/outcome.js';
import type { SmsSettings } from '../notifications.settings.js';
import { readDelivery } from './delivery-reading.js';
import { keptId } from './message-ids.js';
import type { SmsReceipts } from './receipts.js';
import { NoLink, SmppLink } from './smpp-link.js';
import { countParts, smsParts } from './sms-text.js';

const OK = 0;
const UCS2 = 8;
const UDH_INDICATOR = 0x40;
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
    private readonly receipts: SmsReceipts,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.width = Math.max(1, Math.min(10, Math.floor(settings.partsPerSecond)));
    this.link = new SmppLink(settings.url, (pdu) => this.receive(pdu), logger);
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

  /** Keeps what the centre has handed over. What can never be kept is said to be kept: it would come again for ever. */
  private async receive(pdu: Pdu): Promise<void> {
    const delivery = readDelivery(pdu);
    if (delivery.kind === 'unreadable')
      return this.logger.warn({ command: pdu.command }, 'the SMS centre sends what cannot be read');
    if (delivery.kind === 'message') return;
    try {
      await this.receipts.receive(delivery.receipt, this.clock.now());
    } catch (error) {
      if (!isDataError(error)) throw error;
      this.logger.error({ err: error }, 'a receipt can never be kept');
    }
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
    if (status === OK) return { kind: 'submitted', providerId: keptId(String(answer.message_id ?? '')) };
    const trouble = CHANNEL_TROUBLE.get(status);
    if (trouble) return { kind: 'later', problem: trouble, isChannelTrouble: true };
    return {
      kind: 'refused',
      problem: `SMPP status 0x${status.toString(16).padStart(2, '0')}`,
      isAddressDead: DEAD_ADDRESS.includes(status),
    };
  }
}
