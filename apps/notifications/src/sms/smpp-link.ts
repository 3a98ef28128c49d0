import type { Logger } from '@parta/platform-observability';
import type { Pdu, Session } from 'smpp';
import { isSessionLost, refusalOf } from './command-status.js';
import smpp from './smpp-package.js';

const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 30_000;
const ENQUIRE_EVERY_MS = 30_000;
const OK = 0;
const SMPP_3_4 = 0x34;
/** Temporary trouble of the receiving side: the centre delivers again. */
const ESME_RX_T_APPN = 0x64;
const ESME_RINVCMDID = 0x03;

const FIRST_REBIND_MS = 500;
const LONGEST_REBIND_MS = 30_000;

/** The line to the centre is down, or it does not let us in: nothing was handed over. */
export class NoLink extends Error {
  /** @param needsPerson the centre refuses name, password or session */
  constructor(
    message: string,
    readonly needsPerson = false,
  ) {
    super(message);
  }
}
/** The centre did not answer a submission: it may have taken it. */
export class NoAnswer extends Error {}

/** One bound transceiver session, kept bound: receipts come whether or not anything is sent. */
export class SmppLink {
  private opening: Promise<Session> | undefined;
  private session: Session | undefined;
  private timer: NodeJS.Timeout | undefined;
  private rebind: NodeJS.Timeout | undefined;
  private rebindMs = FIRST_REBIND_MS;
  private isStopping = false;
  private readonly waiting = new Set<(error: Error) => void>();
  private readonly receiving = new Set<Promise<void>>();

  /**
   * @param url `smpp://systemId:password@host:port`
   * @param answerTimeoutMs after which an answer is given up; it is still heard when it comes later
   * @param onDelivery keeps what the centre delivers; when it fails, the centre is asked to deliver again
   */
  constructor(
    private readonly url: string,
    private readonly onDelivery: (pdu: Pdu) => Promise<void>,
    private readonly logger: Logger,
    private readonly answerTimeoutMs = ANSWER_TIMEOUT_MS,
  ) {}

  /** Binds the session and keeps it bound: after it was cut or ended it is bound again, by a timer. */
  keepBound(): void {
    if (this.isStopping) return;
    this.open().catch((error: unknown) => {
      this.logger.warn({ err: error, againMs: this.rebindMs }, 'no link to the SMS centre yet');
    });
  }

  /**
   * Submits one short message and waits for the answer.
   * @param onLate called with an answer that comes when it is not waited for any more
   * @throws NoLink when it cannot have been taken, NoAnswer when it may have been
   */
  async submit(fields: Record<string, unknown>, onLate: (answer: Pdu) => void): Promise<Pdu> {
    const session = await this.open();
    const answer = await this.ask(
      (onAnswer) => session.submit_sm(fields, onAnswer),
      this.answerTimeoutMs,
      onLate,
    );
    if (isSessionLost(answer.command_status)) session.destroy();
    return answer;
  }

  /** Says goodbye, after what is being received is kept. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    clearTimeout(this.rebind);
    const session = this.session ?? (await this.opening?.catch(() => undefined));
    if (!session) return;
    await Promise.allSettled(this.receiving);
    await this.ask((onAnswer) => session.unbind(onAnswer), 2000).catch(() => undefined);
    session.destroy();
  }

  private open(): Promise<Session> {
    if (this.session) return Promise.resolve(this.session);
    clearTimeout(this.rebind);
    this.opening ??= this.connect()
      .then(
        (session) => {
          this.rebindMs = FIRST_REBIND_MS;
          return session;
        },
        (error: unknown) => {
          this.bindLater();
          this.rebindMs = Math.min(this.rebindMs * 2, LONGEST_REBIND_MS);
          throw error;
        },
      )
      .finally(() => {
        this.opening = undefined;
      });
    return this.opening;
  }

  private bindLater(): void {
    clearTimeout(this.rebind);
    if (this.isStopping) return;
    this.rebind = setTimeout(() => this.keepBound(), this.rebindMs);
    this.rebind.unref();
  }

  private async connect(): Promise<Session> {
    const url = new URL(this.url);
    const tls = url.protocol === 'ssmpp:';
    const session = smpp.connect({
      // An address of IPv6 stands in brackets in a URL and without them everywhere else.
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (tls ? 3550 : 2775)),
      tls,
    });
    const lost = (why: string): void => {
      if (this.session === session) {
        this.session = undefined;
        clearInterval(this.timer);
        this.bindLater();
      }
      for (const reject of this.waiting) reject(new NoAnswer(why));
      this.waiting.clear();
    };
    session.on('error', (error: Error) => {
      this.logger.debug({ err: error }, 'smpp session');
      session.destroy();
    });
    session.on('close', () => lost('the line was closed'));
    session.on('deliver_sm', (pdu: Pdu) => this.receive(session, pdu));
    session.on('data_sm', (pdu: Pdu) => this.receive(session, pdu));
    session.on('pdu', (pdu: Pdu) => refuseWhatIsNotAsked(session, pdu));
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    let needsPerson = false;
    try {
      await withDeadline(CONNECT_TIMEOUT_MS, 'the SMS centre cannot be reached', (done, fail) => {
        session.once(tls ? 'secureConnect' : 'connect', done);
        session.once('close', () => fail(new Error('the SMS centre cannot be reached')));
      });
      const answer = await this.ask((onAnswer) =>
        session.bind_transceiver(
          {
            system_id: decodeURIComponent(url.username),
            password: decodeURIComponent(url.password),
            interface_version: SMPP_3_4,
          },
          onAnswer,
        ),
      );
      if (answer.command_status !== OK) {
        const refusal = refusalOf(answer.command_status, false);
        needsPerson = refusal.kind !== 'later' || refusal.trouble === 'stopped';
        throw new Error(
          `the SMS centre refuses to bind: ${refusal.kind === 'submitted' ? '' : refusal.problem}`,
        );
      }
    } catch (error) {
      session.destroy();
      throw new NoLink((error as Error).message, needsPerson);
    }
    this.session = session;
    this.timer = setInterval(() => {
      this.ask((onAnswer) => session.enquire_link(onAnswer)).catch(() => session.destroy());
    }, ENQUIRE_EVERY_MS);
    this.timer.unref();
    return session;
  }

  /** The package forgets its callbacks when the line closes; here each either gets its answer or a NoAnswer. */
  private ask(
    send: (onAnswer: (answer: Pdu) => void) => boolean,
    timeoutMs = ANSWER_TIMEOUT_MS,
    onLate?: (answer: Pdu) => void,
  ): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      let isSettled = false;
      const settle = (act: () => void): void => {
        isSettled = true;
        clearTimeout(timer);
        this.waiting.delete(onLost);
        act();
      };
      const onLost = (error: Error): void => settle(() => reject(error));
      const timer = setTimeout(() => onLost(new NoAnswer('the SMS centre does not answer')), timeoutMs);
      this.waiting.add(onLost);
      const isSent = send((answer) => (isSettled ? onLate?.(answer) : settle(() => resolve(answer))));
      if (!isSent) settle(() => reject(new NoLink('the line is closed')));
    });
  }

  private receive(session: Session, pdu: Pdu): void {
    const kept: Promise<void> = this.onDelivery(pdu)
      .then(
        () => void session.send(pdu.response()),
        (error: unknown) => {
          this.logger.error({ err: error }, 'a receipt could not be kept yet');
          session.send(pdu.response({ command_status: ESME_RX_T_APPN }));
        },
      )
      .finally(() => this.receiving.delete(kept));
    this.receiving.add(kept);
  }
}

/** What Parta takes from a centre; an alert_notification and an outbind have no answer. */
const TAKEN = ['deliver_sm', 'data_sm', 'enquire_link', 'unbind', 'alert_notification', 'outbind'];

/** Another request gets a generic_nack (SMPP 3.4, 4.3), so that the centre does not wait for its answer. */
function refuseWhatIsNotAsked(session: Session, pdu: Pdu): void {
  if (pdu.isResponse() || TAKEN.includes(pdu.command)) return;
  session.send(
    new smpp.PDU('generic_nack', { command_status: ESME_RINVCMDID, sequence_number: pdu.sequence_number }),
  );
}

function withDeadline(
  ms: number,
  why: string,
  work: (done: () => void, fail: (error: Error) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(why)), ms);
    work(
      () => {
        clearTimeout(timer);
        resolve();
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
