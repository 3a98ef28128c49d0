import { Injectable } from '@nestjs/common';
import type { Channel } from '@parta/contracts-notifications';
import { Metrics } from '@parta/platform-observability';
import { Counter, Gauge } from 'prom-client';

/** What an operator watches: is anything leaving, does it wait, does it arrive. */
@Injectable()
export class MessageMetrics {
  private readonly handed: Counter<'channel' | 'outcome'>;
  private readonly received: Counter<'state'>;
  private readonly waiting: Gauge<'channel'>;
  private readonly overdue: Gauge<'channel'>;

  private readonly returns: Counter<'kind'>;
  private readonly stoppedChannels: Gauge<'channel'>;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.handed = new Counter({
      name: 'parta_messages_handed_over_total',
      help: 'Attempts to hand a message over, by outcome (submitted, refused, later, uncertain)',
      labelNames: ['channel', 'outcome'],
      registers,
    });
    this.received = new Counter({
      name: 'parta_sms_receipts_total',
      help: 'Delivery receipts by state',
      labelNames: ['state'],
      registers,
    });
    this.waiting = new Gauge({
      name: 'parta_messages_waiting',
      help: 'Messages not yet handed over, those of later hours included',
      labelNames: ['channel'],
      registers,
    });
    this.returns = new Counter({
      name: 'parta_mail_returned_total',
      help: 'Letters that came back, by what they say (failed, soft, complaint, nothing)',
      labelNames: ['kind'],
      registers,
    });
    this.stoppedChannels = new Gauge({
      name: 'parta_channel_stopped',
      help: '1 while nothing leaves by the channel until somebody puts settings, contract or account right',
      labelNames: ['channel'],
      registers,
    });
    this.overdue = new Gauge({
      name: 'parta_messages_overdue_seconds',
      help: 'For how long the oldest waiting message could have left, counted from when it was due first',
      labelNames: ['channel'],
      registers,
    });
  }

  /** A letter that came back, by what it says. */
  returned(kind: string): void {
    this.returns.inc({ kind });
  }

  /** Whether nothing leaves by the channel until somebody has put it right. */
  stopped(channel: Channel, isStopped: boolean): void {
    this.stoppedChannels.set({ channel }, isStopped ? 1 : 0);
  }

  handedOver(channel: Channel, outcome: string): void {
    this.handed.inc({ channel, outcome });
  }

  receipt(state: string): void {
    this.received.inc({ state });
  }

  backlog(channel: Channel, { waiting, overdue }: { waiting: number; overdue: number }): void {
    this.waiting.set({ channel }, waiting);
    this.overdue.set({ channel }, overdue);
  }
}
