import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, listConsents } from '@parta/contracts-notifications';
import { createTransport } from 'nodemailer';
import { ReturnsServer } from '../src/mail/returns/returns-server.js';
import { choice } from './family.js';
import { Scene } from './scene.js';
import { until } from './until.js';

/** A delivery status notification as Postfix writes it (RFC 3464). */
const notification = (action: string, status: string, diagnostic: string): string =>
  [
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you …',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    'Arrival-Date: Fri, 20 Nov 2026 12:00:00 +0500',
    '',
    'Final-Recipient: rfc822; mother@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
    '',
    '--b--',
    '',
  ].join('\r\n');

/** A complaint as large providers send it (RFC 5965); `about` is the head of the letter that it encloses. */
const complaint = (type: string, about: string): string =>
  [
    'From: <feedback@provider.example>',
    'Subject: FW: Notice',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'This is an abuse report.',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: Provider/1.0',
    'Version: 1',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    about,
    'Subject: Notice',
    '',
    'text',
    '--b--',
    '',
  ].join('\r\n');

describe('letters that come back', () => {
  const scene = Scene.forEachTest({
    mailSettings: { returns: { address: 'returns@school.example', port: 0 } },
  });

  const contact = async (): Promise<string> =>
    (await scene.call(getNotificationSettings, {})).schools[0]!.email.state;
  /** Sends a letter to the family and gives the return path that it had. */
  const returnPath = async (): Promise<string> => {
    await scene.family.open('email');
    await scene.family.choose(choice('mark', { email: 'immediate' }));
    await scene.family.mark();
    await scene.texts('email', 1);
    await until('it is submitted', async () => (await scene.deliveries())[0]?.state === 'submitted');
    return scene.family.received('email')[0]!.headers['return-path']!;
  };
  const comesBack = async (raw: string, to: string): Promise<void> => {
    const { port } = scene.bench.service.get(ReturnsServer);
    const transport = createTransport({ host: '127.0.0.1', port: port!, ignoreTLS: true });
    await transport.sendMail({ envelope: { from: '', to }, raw });
    transport.close();
  };

  it('have a return path of their own, which may be written in capitals', async () => {
    const path = await returnPath();
    expect(path).toMatch(/^returns\+[a-z2-7]{39}@school\.example$/);
    expect(path.length).toBeLessThanOrEqual(64 + '@school.example'.length);
    await comesBack(notification('failed', '5.1.1', '550 5.1.1 no such user'), path.toUpperCase());
    await until('the contact has failed', async () => (await contact()) === 'failed');
  });

  it.each([
    ['failed', '5.1.1', '550 5.1.1 unknown user', 'undelivered', 'failed'],
    ['failed', '5.1.10', '556 5.1.10 null MX', 'undelivered', 'failed'],
    ['Failed', '5.2.1 (disabled)', '550 mailbox disabled', 'undelivered', 'failed'],
    ['failed', '5.2.2', '552 5.2.2 mailbox full', 'undelivered', 'open'],
    ['failed', '5.7.1', '550 5.7.1 policy', 'undelivered', 'open'],
    ['failed', '4.4.7', 'delivery time expired', 'undelivered', 'open'],
    ['delayed', '4.4.1', 'no answer from host', 'submitted', 'open'],
  ])('with %s %s (%s) leave the message %s and the contact %s', async (action, status, said, state, open) => {
    const path = await returnPath();
    await comesBack(notification(action, status, said), path);
    await until('it is kept', async () => (await scene.deliveries())[0]?.problem !== null);
    expect((await scene.deliveries())[0]).toMatchObject({ state });
    expect(await contact()).toBe(open);
  });

  it.each<[string, (path: string) => [string, string]]>([
    [
      'an answer of an absent reader’s program',
      (path) => ['Auto-Submitted: auto-replied\r\nSubject: Out of office\r\n\r\nBack on Monday', path],
    ],
    [
      'a bounce whose return path somebody has made up',
      (path) => [
        notification('failed', '5.1.1', 'no such user'),
        path.replace(/(?<=\+)./, (first) => (first === 'a' ? 'b' : 'a')),
      ],
    ],
    ['a bounce to the plain address', () => [notification('failed', '5.1.1', 'x'), 'returns@school.example']],
    ['a report that a letter has arrived', (path) => [notification('delivered', '2.0.0', 'ok'), path]],
    ['a report that a letter is no spam', (path) => [complaint('not-spam', `Return-Path: <${path}>`), path]],
    ['a report without its fields', (path) => [notification('', '', '\u0000'), path]],
    ['what is no letter', (path) => ['\u0000\u0001\ud83d', path]],
  ])('change nothing when they are %s', async (_what, of) => {
    const path = await returnPath();
    await comesBack(...of(path));
    expect((await scene.deliveries())[0]).toMatchObject({ state: 'submitted', problem: null });
    expect(await contact()).toBe('open');
  });

  it('are known by their head when they were fetched from a mailbox', async () => {
    const path = await returnPath();
    const fetched = `Delivered-To: ${path}\r\n${notification('failed', '5.1.1', 'no such user')}`;
    await comesBack(fetched, 'parta@localhost');
    await until('the contact has failed', async () => (await contact()) === 'failed');
  });

  it.each(['abuse', 'opt-out'])(
    'with a complaint (%s) end the consent, and that is recorded',
    async (type) => {
      const path = await returnPath();
      await comesBack(complaint(type, `Return-Path: <${path}>`), 'feedback@school.example');
      await until('the contact is closed', async () => (await contact()) === 'closed');
      const { consents } = await scene.call(listConsents, {}, await scene.leader());
      expect(consents[0]).toMatchObject({ event: 'taken-back', how: 'complaint', channel: 'email' });
    },
  );
});
