import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { MailCarrier } from '../mail/mail-carrier.js';
import { NotificationsSettings } from '../notifications.settings.js';
import { SmsReceipts } from '../sms/receipts.js';
import { SmsCarrier } from '../sms/sms-carrier.js';
import { DispatchSignal } from './dispatch-signal.js';
import { DispatchStore } from './dispatch-store.js';
import { Dispatcher } from './dispatcher.js';
import { MessageMetrics } from './message-metrics.js';
import type { Carrier } from './outcome.js';

/** A dispatcher for each channel that is configured. */
@Injectable()
export class Dispatchers implements OnApplicationBootstrap, OnModuleDestroy {
  private dispatchers: Dispatcher[] = [];

  constructor(
    private readonly settings: NotificationsSettings,
    private readonly database: Database,
    private readonly store: DispatchStore,
    private readonly receipts: SmsReceipts,
    private readonly metrics: MessageMetrics,
    private readonly signal: DispatchSignal,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { mail, sms } = this.settings;
    const carriers: Carrier[] = [];
    if (mail) carriers.push(new MailCarrier(mail));
    if (sms) carriers.push(new SmsCarrier(sms, this.receipts, this.clock, this.logger));
    this.dispatchers = carriers.map(
      (carrier) =>
        new Dispatcher(
          carrier,
          this.database,
          this.store,
          this.clock,
          this.logger,
          this.metrics,
          this.signal,
        ),
    );
    for (const dispatcher of this.dispatchers) dispatcher.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.stop()));
  }
}
