import { startServiceBench, TestClock, type ServiceBench } from '@parta/platform-testing';
import type { MailSettings } from '../src/notifications.settings.js';
import { Inbox, startMailSink, startSmsCentre, type MailSink, type SmsCentre } from '@parta/receivers';
import {
  notificationsMigrations,
  notificationsService,
  type NotificationsConfig,
} from '../src/notifications.js';

/** 12:00 in Yekaterinburg. */
export const NOON = '2026-11-20T07:00:00Z';

export type UnderTestConfig = Partial<NotificationsConfig> & {
  /** milliseconds after which the answer of the SMS centre is given up */
  answerTimeoutMs?: number;
  mailSettings?: Partial<MailSettings>;
};

/** The service with a mail server and an SMS centre to send to. */
export class NotificationsUnderTest {
  private constructor(
    readonly clock: TestClock,
    readonly inbox: Inbox,
    readonly mail: MailSink,
    readonly sms: SmsCentre,
    readonly bench: ServiceBench,
  ) {}

  /** @param config what is to be otherwise; notices leave at once unless said */
  static async start({
    answerTimeoutMs,
    mailSettings,
    ...config
  }: UnderTestConfig = {}): Promise<NotificationsUnderTest> {
    const clock = new TestClock(new Date(NOON));
    const inbox = new Inbox();
    const mail = await startMailSink({ port: 0, inbox });
    const sms = await startSmsCentre({ port: 0, inbox, systemId: 'parta', password: 'secret' });
    const bench = await startServiceBench(
      notificationsService({
        mail: {
          url: `smtp://127.0.0.1:${mail.port}`,
          from: 'Школьный журнал <journal@school.example>',
          ...mailSettings,
        },
        sms: {
          url: `smpp://parta:secret@127.0.0.1:${sms.port}`,
          sender: 'Parta',
          partsPerSecond: 100,
          unknownNumberErrors: ['00B'],
          answerTimeoutMs,
        },
        publicUrl: 'https://parta.example',
        coolDownMinutes: 0,
        ...config,
      }),
      notificationsMigrations,
      { clock },
    );
    return new NotificationsUnderTest(clock, inbox, mail, sms, bench);
  }

  async stop(): Promise<void> {
    await this.bench.stop();
    await this.mail.stop();
    await this.sms.stop();
  }
}
