import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Channel } from '@parta/contracts-notifications';
import type { Logger } from '@parta/platform-observability';
import { Database } from '@parta/platform-persistence';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { Consents } from '../contacts/consents.js';
import { MailCarrier } from '../mail/mail-carrier.js';
import { ReturnPaths } from '../mail/returns/return-paths.js';
import { NotificationsSettings } from '../notifications.settings.js';
import { SmsReceipts } from '../sms/receipts.js';
import { SmsCarrier } from '../sms/sms-carrier.js';
import { DispatchSignal } from './dispatch-signal.js';
import { DispatchStore } from './dispatch-store.js';
import { Dispatcher } from './dispatcher.js';
import { MessageMetrics } from './message-metrics.js';
import type { Carrier } from './outcome.js';

const MEASURE_EVERY_MS = 5000;
/** From when on it is said that messages wait. */
const BEHIND_SECONDS = 300;

/** A dispatcher for each channel that is configured. */
@Injectable()
export class Dispatchers implements OnApplicationBootstrap, OnModuleDestroy {
  private dispatchers: Dispatcher[] = [];
  private readonly backlogs = new Map<Channel, { waiting: number; overdue: number }>();
  private measuring: Promise<void> | undefined;

  constructor(
    private readonly settings: NotificationsSettings,
    private readonly database: Database,
    private readonly store: DispatchStore,
    private readonly receipts: SmsReceipts,
    private readonly paths: ReturnPaths,
    private readonly consents: Consents,
    private readonly metrics: MessageMetrics,
    private readonly signal: DispatchSignal,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { mail, sms } = this.settings;
    const carriers: Carrier[] = [];
    if (mail) carriers.push(new MailCarrier(mail, this.paths));
    if (sms)
      carriers.push(
        new SmsCarrier(
          sms,
          { receipts: this.receipts, consents: this.consents, database: this.database },
          this.clock,
          this.logger,
        ),
      );
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

  /** What an operator has to look into: a channel that is stopped, messages that could have left long ago. */
  warnings(): string[] {
    const stopped = this.dispatchers.flatMap(({ channel, problem }) =>
      problem === null ? [] : [`nothing leaves by ${channel}: ${problem}`],
    );
    const behind = [...this.backlogs].flatMap(([channel, { waiting, overdue }]) =>
      overdue > BEHIND_SECONDS
        ? [`messages by ${channel} wait, ${waiting} in all, the oldest for ${Math.round(overdue)} s`]
        : [],
    );
    return [...stopped, ...behind];
  }

  /** Measured by the clock, whatever the dispatchers do: one that hangs is what the alarm is for. */
  @Interval(MEASURE_EVERY_MS)
  measure(): Promise<void> {
    this.measuring ??= this.look().finally(() => (this.measuring = undefined));
    return this.measuring;
  }

  private async look(): Promise<void> {
    for (const { channel } of this.dispatchers) {
      try {
        const backlog = await this.store.backlog(channel, this.clock.now());
        this.backlogs.set(channel, backlog);
        this.metrics.backlog(channel, backlog);
      } catch (error) {
        this.logger.debug({ err: error, channel }, 'the backlog cannot be measured now');
      }
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.stop()));
    await this.measuring;
  }
}
