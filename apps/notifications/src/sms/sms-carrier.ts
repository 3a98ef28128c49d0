import type { Logger } from '@parta/platform-observability';
import { NO_SCHOOL, type Database } from '@parta/platform-persistence';
import type { Clock } from '@parta/platform-rpc';
import type { Pdu } from 'smpp';
import { isDataError } from '../messages/data-error.js';
import type { Carrier, Handover, Outcome, TakenPart } from '../messages/outcome.js';
import type { SmsSettings } from '../notifications.settings.js';
import { addressHash } from '../contacts/contact-keys.js';
import type { Consents } from '../contacts/consents.js';
import { refusalOf } from './command-status.js';
import { readDelivery } from './delivery-reading.js';
import { keptId } from './message-ids.js';
import type { SmsReceipts } from './receipts.js';
import { NoLink, SmppLink } from './smpp-link.js';
import { countParts, smsParts } from './sms-text.js';
import { isStop } from './stop-words.js';

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
    private readonly kept: { receipts: SmsReceipts; consents: Consents; database: Database },
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
      const outcome = await this.submitPart(message, content, all.length > 1, (answer) => {
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
    try {
      if (delivery.kind === 'message') await this.hear(delivery);
      else await this.kept.receipts.receive(delivery.receipt, this.clock.now());
    } catch (error) {
      if (!isDataError(error)) throw error;
      this.logger.error({ err: error }, 'what the SMS centre sends can never be kept');
    }
  }

  /** «СТОП» from a number ends its messages; anything else that people write is not kept. */
  private async hear({ from, text }: { from: string; text: string }): Promise<void> {
    if (!isStop(text)) return;
    const { database, consents } = this.kept;
    await database.write(NO_SCHOOL, () =>
      consents.takeBackAt(addressHash('sms', from), 'sms', 'sms-reply', this.clock.now()),
    );
  }

  private async submitPart(
    { address, usefulUntil }: Handover,
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
        validity_period: validityOf(Date.parse(usefulUntil) - this.clock.now().getTime()),
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

const MINUTE_MS = 60_000;
/** The longest time that the form of SMPP 3.4, 7.1.1 is used for here: 28 days. */
const LONGEST_MS = 28 * 24 * 60 * MINUTE_MS;

/** How long the centre may try, as a relative time of SMPP (7.1.1.2); at least a minute. */
export function validityOf(ms: number): string {
  const seconds = Math.floor(Math.min(Math.max(ms, MINUTE_MS), LONGEST_MS) / 1000);
  const parts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  return `0000${parts.map((part) => String(part).padStart(2, '0')).join('')}000R`;
}

const THE_REST_FOLLOWS = { kind: 'later', problem: 'the rest follows', trouble: 'message' } as const;

function outcomeOf(answer: Pdu): PartOutcome {
  const isNack = answer.command === 'generic_nack';
  if (answer.command_status !== OK || isNack)
    return refusalOf(answer.command_status, isNack) as Exclude<Outcome, { kind: 'submitted' }>;
  return { kind: 'submitted', providerId: keptId(String(answer.message_id ?? '')) };
}
