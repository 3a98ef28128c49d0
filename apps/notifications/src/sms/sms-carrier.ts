import type { Logger } from '@parta/platform-observability';
import type { Clock } from '@parta/platform-rpc';
import type { Pdu } from 'smpp';
import { isDataError } from '../messages/data-error.js';
import type { Carrier, Handover, Outcome, TakenPart } from '../messages/outcome.js';
import type { SmsSettings } from '../notifications.settings.js';
import { refusalOf } from './command-status.js';
import { readDelivery } from './delivery-reading.js';
import { keptId } from './message-ids.js';
import type { SmsReceipts } from './receipts.js';
import { NoLink, SmppLink } from './smpp-link.js';
import { countParts, smsParts } from './sms-text.js';

const OK = 0;
/** Submissions that wait for their answers side by side. */
const USUAL_WINDOW = 10;
const UCS2 = 8;
const UDH_INDICATOR = 0x40;
const [INTERNATIONAL, ALPHANUMERIC, ISDN] = [1, 5, 1];
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
    this.width = settings.window ?? USUAL_WINDOW;
    this.link = new SmppLink(settings.url, (pdu) => this.receive(pdu), logger, settings.answerTimeoutMs);
    this.link.keepBound();
  }

  async submit(message: Handover, onLate: (outcome: Outcome) => void): Promise<Outcome> {
    const reference = parseInt(message.messageId.slice(-2), 16);
    const all = smsParts(message.text, reference);
    const parts: TakenPart[] = [];
    for (const [i, content] of all.entries()) {
      const part = i + 1;
      if (message.partsTaken.includes(part)) continue;
      const outcome = await this.submitPart(message.address, content, all.length > 1, (answer) => {
        const late = outcomeOf(answer);
        if (late.kind !== 'submitted') return onLate(late);
        const taken = [{ part, providerId: late.providerId }];
        const isLast = part === all.length;
        onLate(isLast ? { kind: 'submitted', parts: taken } : { ...THE_REST_FOLLOWS, parts: taken });
      });
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
    onLate: (answer: Pdu) => void,
  ): Promise<PartOutcome> {
    const sender = this.settings.sender;
    const isNumber = /^\+?\d+$/.test(sender);
    try {
      const fields = {
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
      };
      return outcomeOf(await this.link.submit(fields, onLate));
    } catch (error) {
      const problem = (error as Error).message;
      if (!(error instanceof NoLink)) return { kind: 'uncertain', problem };
      return { kind: 'later', problem, trouble: error.needsPerson ? 'stopped' : 'channel' };
    }
  }
}

type PartOutcome = { kind: 'submitted'; providerId: string } | Exclude<Outcome, { kind: 'submitted' }>;

const THE_REST_FOLLOWS = { kind: 'later', problem: 'the rest follows', trouble: 'message' } as const;

function outcomeOf(answer: Pdu): PartOutcome {
  const isNack = answer.command === 'generic_nack';
  if (answer.command_status !== OK || isNack)
    return refusalOf(answer.command_status, isNack) as Exclude<Outcome, { kind: 'submitted' }>;
  return { kind: 'submitted', providerId: keptId(String(answer.message_id ?? '')) };
}
