import {
  anyone,
  defineCommand,
  defineQuery,
  Done,
  each,
  FORM_TYPES,
  Id,
  Instant,
  ListOf,
  OneOf,
  roles,
  Text,
  Whole,
} from '@parta/platform-contract';
import { CHANNELS, ContactView, type Channel } from './settings.js';
import { TAG } from './tag.js';

export class RequestContactCode {
  @Id()
  schoolId: string;

  @OneOf(CHANNELS)
  channel: Channel;

  @Text({ min: 3, max: 254, description: 'e-mail address, or a Russian mobile number in any usual writing' })
  address: string;
}

export class ContactCodeSent {
  @Text({ max: 254, description: 'the address in its one form: E.164 number, lower-case mail domain' })
  address: string;

  @Instant({ description: 'the code is good until then' })
  expiresAt: string;

  @Instant({ description: 'another code can be asked for from then' })
  nextCodeAt: string;
}

export const requestContactCode = defineCommand({
  service: 'notifications',
  name: 'request-contact-code',
  http: { method: 'POST', path: '/api/v1/notifications/contacts', status: 202 },
  access: roles({ guardian: 'self' }),
  input: RequestContactCode,
  output: ContactCodeSent,
  summary: 'Send a code to an address, to prove that it is the guardian’s own',
  errors: {
    field: ['notifications.address-invalid'],
    forbidden: ['access.another-school'],
    conflict: ['notifications.channel-unavailable'],
    'too-many': [
      'notifications.code-too-soon',
      'notifications.too-many-codes',
      'notifications.too-many-codes-to-address',
    ],
  },
  tag: TAG,
});

export class ConfirmContact {
  @Id()
  schoolId: string;

  @OneOf(CHANNELS)
  channel: Channel;

  @Text({ min: 6, max: 6, pattern: /^\d{6}$/ })
  code: string;

  @Text({ max: 20, description: 'edition of the consent’s text that was shown' })
  consentVersion: string;
}

export const confirmContact = defineCommand({
  service: 'notifications',
  name: 'confirm-contact',
  http: { method: 'POST', path: '/api/v1/notifications/contacts/confirm' },
  idempotencyKey: 'ignored',
  access: roles({ guardian: 'self' }),
  input: ConfirmContact,
  output: ContactView,
  summary: 'Consent to messages at an address, proven by its code (126-ФЗ art. 44.1, 152-ФЗ)',
  description:
    'Kept as evidence: who, account, address, edition and text, when, from where. Without it nothing is sent.',
  errors: {
    field: ['notifications.code-wrong'],
    forbidden: ['access.another-school'],
    conflict: ['notifications.code-expired', 'notifications.consent-text-changed'],
  },
  tag: TAG,
});

export class CloseContact {
  @Id()
  schoolId: string;

  @OneOf(CHANNELS)
  channel: Channel;
}

export const closeContact = defineCommand({
  service: 'notifications',
  name: 'close-contact',
  http: { method: 'DELETE', path: '/api/v1/notifications/contacts/{schoolId}/{channel}' },
  access: roles({ guardian: 'self' }),
  input: CloseContact,
  output: ContactView,
  summary: 'Take the consent back; what waits to be sent is dropped',
  errors: { forbidden: ['access.another-school'], conflict: ['notifications.contact-not-open'] },
  tag: TAG,
});

export class UnsubscribeToken {
  @Text({ min: 20, max: 100, pattern: /^[\w-]+$/ })
  token: string;

  @Text({ max: 50, optional: true, description: 'RFC 8058: the provider sends `One-Click`' })
  'List-Unsubscribe'?: string;
}

export class SubscriptionView {
  @Text({ max: 300 })
  schoolName: string;

  @Text({ max: 254, description: 'the address with most of it hidden' })
  maskedAddress: string;

  @OneOf(['open', 'closed'])
  state: string;
}

export const getSubscription = defineQuery({
  service: 'notifications',
  name: 'get-subscription',
  http: { method: 'GET', path: '/api/v1/notifications/unsubscribe/{token}' },
  access: anyone('the link in a letter works without signing in'),
  input: UnsubscribeToken,
  output: SubscriptionView,
  summary: 'What the link in a letter would unsubscribe from; changes nothing, link scanners call it',
  errors: { 'not-found': ['notifications.subscription-not-found'] },
  tag: TAG,
});

export const unsubscribe = defineCommand({
  service: 'notifications',
  name: 'unsubscribe',
  http: { method: 'POST', path: '/api/v1/notifications/unsubscribe/{token}', forms: FORM_TYPES },
  idempotencyKey: 'ignored',
  access: anyone('RFC 8058: the mail provider unsubscribes with one POST'),
  input: UnsubscribeToken,
  output: Done,
  summary: 'Unsubscribe from letters by the link in one (RFC 8058)',
  errors: { 'not-found': ['notifications.subscription-not-found'] },
  tag: TAG,
});

export class ListConsents {
  @Id({ optional: true, description: 'one of the caller’s schools; all of them if left out' })
  schoolId?: string;

  @Text({ max: 100, optional: true, description: 'part of the guardian’s name or of the address' })
  q?: string;

  @Whole({ min: 1, max: 10_000, optional: true, description: 'from 1' })
  page?: number;
}

/** One record of evidence; it is never changed. */
export class ConsentRecord {
  @Id()
  consentId: string;

  @Text({ max: 300 })
  guardianName: string;

  @OneOf(CHANNELS)
  channel: Channel;

  @Text({ max: 254 })
  address: string;

  @OneOf(['given', 'taken-back'])
  event: string;

  @OneOf(['code', 'settings', 'letter-link', 'sms-reply', 'complaint'], {
    description:
      'how the will was expressed; sms-reply: «СТОП» from the number, complaint: the provider’s report of one',
  })
  how: string;

  @Text({ max: 20 })
  textVersion: string;

  @Text({ max: 5000 })
  text: string;

  @Instant()
  at: string;

  @Id({ nullable: true })
  accountId: string | null;

  @Text({ max: 100, nullable: true })
  ipAddress: string | null;

  @Text({ max: 500, nullable: true })
  userAgent: string | null;
}

export class ConsentPage {
  @ListOf(() => ConsentRecord, { max: 50 })
  consents: ConsentRecord[];

  @Whole({ min: 0, max: 10_000_000 })
  total: number;
}

export const listConsents = defineQuery({
  service: 'notifications',
  name: 'list-consents',
  http: { method: 'GET', path: '/api/v1/notifications/consents' },
  access: roles(each(['administrator', 'director'], 'own schools')),
  input: ListConsents,
  output: ConsentPage,
  summary: 'The proof of consents, the newest first, 50 on a page: the sender bears the burden of proof',
  tag: TAG,
});
