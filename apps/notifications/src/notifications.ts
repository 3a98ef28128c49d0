import { Module } from '@nestjs/common';
import { type MigrationSet, keptForGood, parkedFactsCanBeDiscarded } from '@parta/platform-persistence';
import type { ServiceDefinition } from '@parta/platform-rpc';
import { CloseContactHandler } from './contacts/close-contact/close-contact.js';
import { ConfirmContactHandler } from './contacts/confirm-contact/confirm-contact.js';
import { Consents } from './contacts/consents.js';
import { ContactCodes } from './contacts/contact-codes.js';
import { ListConsentsHandler } from './contacts/list-consents/list-consents.js';
import { RequestContactCodeHandler } from './contacts/request-contact-code/request-contact-code.js';
import { UnsubscribeHandler } from './contacts/unsubscribe/unsubscribe.js';
import { subscriptions } from './integration/subscriptions.js';
import { ReturnPaths } from './mail/returns/return-paths.js';
import { Returns } from './mail/returns/returns.js';
import { ReturnsServer } from './mail/returns/returns-server.js';
import { DispatchSignal } from './messages/dispatch-signal.js';
import { DispatchStore } from './messages/dispatch-store.js';
import { Dispatchers } from './messages/dispatchers.js';
import { ListDeliveriesHandler } from './messages/list-deliveries/list-deliveries.js';
import { MessageMetrics } from './messages/message-metrics.js';
import { Outgoing } from './messages/outgoing.js';
import { ResendMessageHandler } from './messages/resend-message/resend-message.js';
import { NotificationsCodesSent } from './migrations/codes-sent.js';
import { NotificationsContactsByAddress } from './migrations/contacts-by-address.js';
import { NotificationsFirstDue } from './migrations/first-due.js';
import { NotificationsFoldedNames } from './migrations/folded-names.js';
import { NotificationsInitialSchema } from './migrations/initial-schema.js';
import { NotificationsLowMarksApart } from './migrations/low-marks-apart.js';
import { NotificationsReceiptsByNumber } from './migrations/receipts-by-number.js';
import { NotificationsRetention } from './migrations/retention.js';
import { Announcements } from './notices/announcements.js';
import { JournalFacts } from './notices/journal-facts.js';
import { NotificationsSettings, type NotificationsConfig } from './notifications.settings.js';
import { Nightly } from './retention/nightly.js';
import { Retention } from './retention/retention.js';
import { GetSettings } from './settings/get-settings/get-settings.js';
import { SetChildChoicesHandler } from './settings/set-child-choices/set-child-choices.js';
import { SetHoursHandler } from './settings/set-hours/set-hours.js';
import { SmsReceipts } from './sms/receipts.js';

export { notificationsConfig } from './notifications.config.js';
export type { NotificationsConfig } from './notifications.settings.js';

@Module({
  controllers: [
    GetSettings,
    SetChildChoicesHandler,
    SetHoursHandler,
    RequestContactCodeHandler,
    ConfirmContactHandler,
    CloseContactHandler,
    UnsubscribeHandler,
    ListConsentsHandler,
    ListDeliveriesHandler,
    ResendMessageHandler,
  ],
  providers: [
    Announcements,
    Consents,
    ContactCodes,
    Dispatchers,
    DispatchSignal,
    DispatchStore,
    JournalFacts,
    MessageMetrics,
    Nightly,
    Outgoing,
    Retention,
    ReturnPaths,
    Returns,
    ReturnsServer,
    SmsReceipts,
  ],
})
class NotificationsModule {}

export const notificationsMigrations: MigrationSet = {
  service: 'notifications',
  migrations: [
    NotificationsInitialSchema,
    NotificationsRetention,
    NotificationsCodesSent,
    parkedFactsCanBeDiscarded('notifications'),
    NotificationsLowMarksApart,
    NotificationsReceiptsByNumber,
    NotificationsFirstDue,
    NotificationsContactsByAddress,
    keptForGood('notifications', { added: ['consents'] }),
    NotificationsFoldedNames,
  ],
};

/** Tells families what has happened, by mail and SMS, as each has chosen and consented to. */
export function notificationsService(config: NotificationsConfig = {}): ServiceDefinition {
  return {
    name: 'notifications',
    module: NotificationsModule,
    entities: [],
    hears: ['contingent', 'journal'],
    subscriptions,
    gatherMs: 200,
    warnings: (get) => get(Dispatchers).warnings(),
    providers: [{ provide: NotificationsSettings, useValue: new NotificationsSettings(config) }],
  };
}
