import {
  CalendarDate,
  defineCommand,
  defineQuery,
  each,
  Id,
  Instant,
  LEADERSHIP_ROLES,
  ListOf,
  ListOfText,
  OneOf,
  roles,
  Text,
  Whole,
} from '@parta/platform-contract';
import { CHANNELS, type Channel } from './settings.js';
import { TAG } from './tag.js';

/**
 * Where a message is. `waiting`: to be sent; `sending`: being handed over; `submitted`: the mail server or the SMS centre
 * has it; `delivered`, `undelivered`: what the receipt said; `refused`: not accepted, for good; `uncertain`: handing over
 * was interrupted and nobody knows, so it is not repeated by itself; `expired`: too late to be of use; `cancelled`: not
 * wanted any more before it was sent.
 */
export const MESSAGE_STATES = [
  'waiting',
  'sending',
  'submitted',
  'delivered',
  'undelivered',
  'refused',
  'uncertain',
  'expired',
  'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export class ListDeliveries {
  @Id({ optional: true, description: 'one of the caller’s schools; all of them if left out' })
  schoolId?: string;

  @CalendarDate({ optional: true, description: 'first day, in the school’s time zone' })
  from?: string;

  @CalendarDate({ optional: true, description: 'last day' })
  to?: string;

  @OneOf(CHANNELS, { optional: true })
  channel?: Channel;

  @OneOf(['all', 'trouble', ...MESSAGE_STATES], {
    optional: true,
    description: 'trouble: undelivered, refused, uncertain and expired',
  })
  state?: string;

  @Text({ max: 100, optional: true, description: 'part of a guardian’s or child’s name, or of the address' })
  q?: string;

  @Whole({ min: 1, max: 10_000, optional: true, description: 'from 1' })
  page?: number;
}

export class DeliveryRow {
  @Id()
  messageId: string;

  @Instant()
  createdAt: string;

  @Instant({ description: 'when it is to be sent' })
  dueAt: string;

  @Instant({ nullable: true })
  submittedAt: string | null;

  @Instant({ nullable: true, description: 'when its last state was known' })
  settledAt: string | null;

  @Text({ max: 300 })
  guardianName: string;

  @ListOfText({ max: 20, maxLength: 300 })
  children: string[];

  @OneOf(CHANNELS)
  channel: Channel;

  @Text({ max: 254 })
  address: string;

  @OneOf(['notice', 'digest', 'code'])
  kind: string;

  @Text({
    max: 5000,
    nullable: true,
    description:
      'null for a code, until the message is put together, and once its text is too old to be kept',
  })
  text: string | null;

  @OneOf(MESSAGE_STATES)
  state: MessageState;

  @Whole({ min: 0, max: 1000 })
  attempts: number;

  @Whole({ min: 0, max: 20, description: 'how many SMS it takes; 0 for a letter' })
  parts: number;

  @Text({ max: 500, nullable: true, description: 'what the other side said' })
  problem: string | null;
}

export class DeliveryPage {
  @ListOf(() => DeliveryRow, { max: 50 })
  deliveries: DeliveryRow[];

  @Whole({ min: 0, max: 10_000_000 })
  total: number;
}

export const listDeliveries = defineQuery({
  service: 'notifications',
  name: 'list-deliveries',
  http: { method: 'GET', path: '/api/v1/notifications/deliveries' },
  access: roles({
    ...each(LEADERSHIP_ROLES, 'own schools'),
    ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
  }),
  input: ListDeliveries,
  output: DeliveryPage,
  summary: 'What was sent to families and what became of it, the newest first, 50 on a page',
  description: 'A class teacher or curator sees the messages about the own class.',
  tag: TAG,
});

export class ResendMessage {
  @Id()
  messageId: string;
}

export class ResentMessage {
  @Id()
  messageId: string;

  @OneOf(MESSAGE_STATES)
  state: MessageState;
}

export const resendMessage = defineCommand({
  service: 'notifications',
  name: 'resend-message',
  http: { method: 'POST', path: '/api/v1/notifications/deliveries/{messageId}/resend' },
  access: roles(each(LEADERSHIP_ROLES, 'own schools')),
  input: ResendMessage,
  output: ResentMessage,
  summary:
    'Send again what did not arrive or is uncertain; the family may then have it twice, so a person decides',
  errors: {
    'not-found': ['notifications.message-not-found'],
    conflict: ['notifications.message-not-in-trouble', 'notifications.contact-not-open'],
  },
  tag: TAG,
});
