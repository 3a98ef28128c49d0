import {
  defineCommand,
  defineQuery,
  Id,
  Instant,
  ListOf,
  Nested,
  Nothing,
  OneOf,
  roles,
  Text,
  Whole,
} from '@parta/platform-contract';
import { TAG } from './tag.js';

/** What a family can be told of. «low-mark» is a mark of 2; it can be wanted without the other marks. */
export const NOTICE_KINDS = ['mark', 'low-mark', 'absence', 'homework'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** off: never; immediate: at once, outside the quiet hours; evening: gathered into one message of the day. */
export const DELIVERY_TIMES = ['off', 'immediate', 'evening'] as const;
export type DeliveryTime = (typeof DELIVERY_TIMES)[number];

/** A local time of day, HH:MM. */
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** How a family hears of one kind of event. */
export class KindChoice {
  @OneOf(NOTICE_KINDS)
  kind: NoticeKind;

  @OneOf(DELIVERY_TIMES)
  email: DeliveryTime;

  @OneOf(DELIVERY_TIMES)
  sms: DeliveryTime;
}

/**
 * A way to reach a guardian. `unavailable`: the installation does not send by this channel; `none`: never opened;
 * `awaiting-code`: a code is on its way; `open`: consent is recorded and messages are sent; `closed`: consent was taken
 * back; `failed`: the address does not accept messages.
 */
export class ContactView {
  @OneOf(['unavailable', 'none', 'awaiting-code', 'open', 'closed', 'failed'])
  state: string;

  @Text({ max: 254, nullable: true, description: 'E.164 number or e-mail address' })
  address: string | null;

  @Text({ max: 254, nullable: true, description: 'the address that the school has' })
  proposedAddress: string | null;

  @Text({ max: 254, nullable: true, description: 'where a code was sent that can still be confirmed' })
  pendingAddress: string | null;

  @Instant({ nullable: true, description: 'when consent was given' })
  openedAt: string | null;

  @Text({ max: 20, description: 'edition of the consent’s text' })
  consentVersion: string;

  @Text({ max: 5000, description: 'what the guardian agrees to, as it is recorded' })
  consentText: string;
}

/** Addresses and hours of a guardian at one school: each school sends in its own name. */
export class SchoolContacts {
  @Id()
  schoolId: string;

  @Text({ max: 300 })
  schoolName: string;

  @Text({ max: 60, description: 'IANA time zone of the hours below' })
  timeZone: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, description: 'no message between this time …' })
  quietFrom: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, description: '… and this one' })
  quietTo: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, description: 'when the message of the day is sent' })
  digestAt: string;

  @Nested(() => ContactView)
  email: ContactView;

  @Nested(() => ContactView)
  sms: ContactView;
}

export class ChildChoices {
  @Id()
  schoolId: string;

  @Id()
  studentId: string;

  @Text({ max: 100 })
  familyName: string;

  @Text({ max: 100 })
  givenName: string;

  @Text({ max: 100, nullable: true })
  classTitle: string | null;

  @Whole({ min: 0, max: 1_000_000, description: 'grows with every change; 0 before the first' })
  version: number;

  @ListOf(() => KindChoice, { max: 4, description: 'one of each kind' })
  choices: KindChoice[];
}

export class NotificationSettings {
  @ListOf(() => SchoolContacts, { max: 20 })
  schools: SchoolContacts[];

  @ListOf(() => ChildChoices, { max: 50 })
  children: ChildChoices[];
}

export const getNotificationSettings = defineQuery({
  service: 'notifications',
  name: 'get-settings',
  http: { method: 'GET', path: '/api/v1/notifications/settings' },
  access: roles({ guardian: 'self' }),
  input: Nothing,
  output: NotificationSettings,
  summary: 'How the calling guardian hears of the own children (R156)',
  tag: TAG,
});

export class SetChildChoices {
  @Id()
  studentId: string;

  @Whole({ min: 0, max: 1_000_000, description: 'version that the guardian saw' })
  version: number;

  @ListOf(() => KindChoice, { min: 1, max: 4 })
  choices: KindChoice[];
}

export const setChildChoices = defineCommand({
  service: 'notifications',
  name: 'set-child-choices',
  http: { method: 'PUT', path: '/api/v1/notifications/settings/children/{studentId}' },
  access: roles({ guardian: 'own children' }),
  input: SetChildChoices,
  output: ChildChoices,
  summary: 'Choose what to hear of a child, how and when; kinds left out stay as they are (R156)',
  errors: {
    field: ['notifications.kind-repeated'],
    'not-found': ['notifications.child-not-found'],
    conflict: ['notifications.contact-not-open', 'notifications.choices-stale'],
  },
  tag: TAG,
});

export class SetHours {
  @Id()
  schoolId: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, example: '21:00' })
  quietFrom: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, example: '08:00' })
  quietTo: string;

  @Text({ max: 5, pattern: TIME_OF_DAY, example: '19:00' })
  digestAt: string;
}

export const setHours = defineCommand({
  service: 'notifications',
  name: 'set-hours',
  http: { method: 'PUT', path: '/api/v1/notifications/settings/schools/{schoolId}/hours' },
  access: roles({ guardian: 'self' }),
  input: SetHours,
  output: SetHours,
  summary: 'Choose the quiet hours and the time of the day’s message, in the school’s time zone',
  errors: { field: ['notifications.digest-in-quiet-hours'], forbidden: ['access.another-school'] },
  tag: TAG,
});
