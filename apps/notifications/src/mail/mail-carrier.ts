import type { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import type { Carrier, Handover, Outcome } from '../messages/outcome.js';
import type { MailSettings } from '../notifications.settings.js';
import type { ReturnPaths } from './returns/return-paths.js';
import { outcomeOf, type SmtpError } from './smtp-replies.js';

/** A slow server holds one of these and no other letter. */
const WIDTH = 10;
const TIMEOUT_MS = 30_000;
const domainOf = (from: string): string => /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';

/** Letters by SMTP. */
export class MailCarrier implements Carrier {
  readonly channel = 'email';
  readonly width = WIDTH;
  private readonly transport: Transporter;
  /** letters being sent, by their Message-ID */
  private readonly contents = new Map<string, Readable>();

  constructor(
    private readonly settings: MailSettings,
    private readonly paths: ReturnPaths,
  ) {
    this.transport = createTransport({
      url: settings.url,
      name: settings.name ?? domainOf(settings.from),
      // Whoever stands between could strike out the offer of encryption and read the password.
      requireTLS: new URL(settings.url).username !== '' && !settings.allowsPlain,
      pool: true,
      maxConnections: WIDTH,
      // The pool would send a letter again after a line that broke while it was answered.
      maxRequeues: 0,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    } as object);
    this.transport.use('stream', (mail, done) => {
      const { message } = mail as unknown as {
        message: { messageId(): string; processFunc(keep: (content: Readable) => Readable): void };
      };
      message.processFunc((content) => {
        this.contents.set(message.messageId(), content);
        return content;
      });
      done();
    });
  }

  async submit(message: Handover): Promise<Outcome> {
    // The same for every attempt at a message, so that a provider can tell them.
    const messageId = `<${message.messageId}@${domainOf(this.settings.from)}>`;
    const { returns } = this.settings;
    try {
      await this.transport.sendMail({
        ...(returns && {
          envelope: {
            from: await this.paths.pathOf(returns.address, message.messageId),
            to: message.address,
          },
        }),
        from: this.settings.from,
        to: message.address,
        subject: message.subject ?? '',
        text: message.text,
        html: message.html ?? undefined,
        messageId,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(message.unsubscribeUrl && {
            'List-Unsubscribe': `<${message.unsubscribeUrl.replace('/unsubscribe/', '/api/v1/notifications/unsubscribe/')}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      });
      return { kind: 'submitted' };
    } catch (error) {
      // Nothing of the letter is read before the server has said that it may come.
      return outcomeOf(error as SmtpError, this.contents.get(messageId)?.readableDidRead ?? false);
    } finally {
      this.contents.delete(messageId);
    }
  }

  pace(): number {
    return 0;
  }

  stop(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}
