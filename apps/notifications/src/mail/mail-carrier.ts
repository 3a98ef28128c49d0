import type { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import { foreignText, PROBLEM_LENGTH } from '../messages/foreign-text.js';
import type { Carrier, Handover, Outcome } from '../messages/outcome.js';
import type { MailSettings } from '../notifications.settings.js';

const WIDTH = 5;
const TIMEOUT_MS = 30_000;
/** Says of itself that the mailbox is not there, at whatever moment (RFC 3463). */
const DEAD_ADDRESS =
  /\b5\.1\.(1|2|3|6|10)\b|\b5\.2\.1\b|\b5\.4\.1\b|user unknown|no such user|mailbox unavailable/i;
/** A refused recipient whose mailbox may well be there: it is full, or the server does not want us, or has trouble. */
const NOT_THE_ADDRESS =
  /\b5\.(1\.[78]|2\.[2-4]|[3-7]\.\d+)\b|relay|spam|blocked|black ?list|policy|denied|quota|mailbox (is )?full/i;

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number | false;
}

/** Letters by SMTP. */
export class MailCarrier implements Carrier {
  readonly channel = 'email';
  readonly width = WIDTH;
  private readonly transport: Transporter;
  /** letters being sent, by their Message-ID */
  private readonly contents = new Map<string, Readable>();

  constructor(private readonly settings: MailSettings) {
    this.transport = createTransport({
      url: settings.url,
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
    const domain = /@([^>\s]+)/.exec(this.settings.from)?.[1] ?? 'localhost';
    // The same for every attempt at a message, so that a provider can tell them.
    const messageId = `<${message.messageId}@${domain}>`;
    try {
      await this.transport.sendMail({
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

function outcomeOf(error: SmtpError, hasBegun: boolean): Outcome {
  const problem = foreignText(error.response ?? error.message, PROBLEM_LENGTH);
  const status = error.responseCode;
  if (status && status >= 500) {
    // A refused sign-in or sender is the installation's trouble, not the letter's.
    if (error.code === 'EAUTH' || error.command === 'MAIL FROM')
      return { kind: 'later', problem, isChannelTrouble: true };
    const isAddressDead =
      DEAD_ADDRESS.test(problem) || (error.command === 'RCPT TO' && !NOT_THE_ADDRESS.test(problem));
    return { kind: 'refused', problem, isAddressDead };
  }
  if (status) return { kind: 'later', problem, isChannelTrouble: error.command === 'MAIL FROM' };
  return hasBegun ? { kind: 'uncertain', problem } : { kind: 'later', problem, isChannelTrouble: true };
}
