import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@parta/platform-observability';
import { Inbox, startMailSink, startSmsCentre } from '@parta/receivers';
import { MailCarrier } from '../src/mail/mail-carrier.js';
import type { Handover, Outcome } from '../src/messages/outcome.js';
import type { MailSettings } from '../src/notifications.settings.js';
import { SmppLink } from '../src/sms/smpp-link.js';
import { choice } from './family.js';
import { Scene } from './scene.js';

const FROM = 'Журнал <journal@school.example>';
const LETTER: Handover = {
  messageId: '0190b0b0-0000-7000-8000-000000000001',
  address: 'mother@example.org',
  subject: 'Отметка',
  text: 'Отметка 5',
  html: null,
  unsubscribeUrl: null,
  usefulUntil: '2026-11-21T07:00:00Z',
  partsTaken: [],
};

describe('the line to the mail server', () => {
  const inbox = new Inbox();
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    inbox.clear();
  });

  const send = async (
    settings: (port: number) => Partial<MailSettings> & { url: string },
    host = '127.0.0.1',
  ): Promise<Outcome> => {
    const account = { user: 'journal', password: 'secret' };
    const sink = await startMailSink({
      port: 0,
      host,
      inbox,
      account: settings(0).url.includes('@') ? account : undefined,
    });
    const carrier = new MailCarrier({ from: FROM, ...settings(sink.port) }, undefined as never);
    ends.push(
      () => carrier.stop(),
      () => sink.stop(),
    );
    return carrier.submit(LETTER);
  };

  it('gives no password away where the server offers no encryption', async () => {
    const outcome = await send((port) => ({ url: `smtp://journal:secret@127.0.0.1:${port}` }));
    expect(outcome).toMatchObject({ kind: 'later', trouble: 'stopped' });
    expect(inbox.list()).toEqual([]);
  });

  it('is not encrypted where that is allowed, and where there is no password', async () => {
    for (const url of [
      (port: number) => ({ url: `smtp://journal:secret@127.0.0.1:${port}`, allowsPlain: true }),
      (port: number) => ({ url: `smtp://127.0.0.1:${port}` }),
    ])
      expect(await send(url)).toEqual({ kind: 'submitted' });
    expect(inbox.list()).toHaveLength(2);
  });

  it('names Parta as the settings say, or by the domain of the sender', async () => {
    await send((port) => ({ url: `smtp://127.0.0.1:${port}` }));
    await send((port) => ({ url: `smtp://127.0.0.1:${port}`, name: 'parta.school.example' }));
    expect(inbox.list().map(({ headers }) => headers['x-ehlo'])).toEqual([
      'parta.school.example',
      'school.example',
    ]);
  });

  it('reaches a server by an address of IPv6', async () => {
    expect(await send((port) => ({ url: `smtp://[::1]:${port}` }), '::1')).toEqual({ kind: 'submitted' });
  });
});

describe('the line to the SMS centre', () => {
  const scene = Scene.forEachTest();

  it('is bound by the version that is spoken, and tells how long a message is of use', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    expect(scene.sms.lastBind).toMatchObject({ interface_version: 0x34 });
    // A code is of use for ten minutes, a notice for a day; the package reads a relative time as an instant.
    const minutes = (): number =>
      ((scene.sms.lastSubmission!.validity_period as Date).getTime() - Date.now()) / 60_000;
    expect(minutes()).toBeGreaterThan(8);
    expect(minutes()).toBeLessThan(12);
    await scene.family.mark();
    await scene.texts('sms', 1);
    expect(minutes()).toBeGreaterThan(24 * 60 - 70);
    expect(minutes()).toBeLessThan(24 * 60 + 70);
  });

  it('reaches a centre by an address of IPv6', async () => {
    const centre = await startSmsCentre({
      port: 0,
      host: '::1',
      inbox: new Inbox(),
      systemId: 'p',
      password: 'q',
    });
    const url = `smpp://p:q@[::1]:${centre.port}`;
    const link = new SmppLink(url, () => Promise.resolve(), createLogger('test'));
    try {
      const answer = await link.submit(
        { source_addr: 'Parta', destination_addr: '79000000000', short_message: Buffer.from('x') },
        () => undefined,
      );
      expect(answer.command_status).toBe(0);
    } finally {
      await link.stop();
      await centre.stop();
    }
  });
});
