/** How a mail server is reached and what letters say of their sender. */
export interface MailSettings {
  /** `smtp://user:password@host:port` or `smtps://…` */
  url: string;
  /** «Школьный журнал <noreply@school.example>» */
  from: string;
  /** how Parta names itself to the mail server (EHLO); the domain of `from` unless said */
  name?: string;
  /** gives the password over a line that is not encrypted; for a server on this machine alone */
  allowsPlain?: boolean;
  /** where letters come back to; without it bounces are not read */
  returns?: {
    /** `returns@school.example`; each letter has `returns+…@school.example` as its return path */
    address: string;
    /** where Parta takes them from the mail server, by SMTP; nowhere unless said */
    port?: number;
    /** 127.0.0.1 unless said */
    host?: string;
  };
}

/** How an SMS centre is reached. */
export interface SmsSettings {
  /** `smpp://systemId:password@host:port`, `ssmpp://…` over TLS */
  url: string;
  /** the name or number that the centre has approved */
  sender: string;
  /** parts a second that the contract allows */
  partsPerSecond: number;
  /** `err` of receipts by which this centre says that there is no such number; every centre has its own */
  unknownNumberErrors?: readonly string[];
  /** submissions that may wait for their answers side by side, 1–1000; 10 unless said */
  window?: number;
  /** milliseconds after which an answer is given up and the message is uncertain until it comes; 30,000 unless said */
  answerTimeoutMs?: number;
}

/** For how many days messages are kept, counted from when they were made. */
export interface KeepSettings {
  /** what they say */
  textDays: number;
  /** the log itself, with what a correction needs to name what a family was told */
  messageDays: number;
}

/** A school quarter, and a school year with the following summer. */
export const USUALLY_KEPT: KeepSettings = { textDays: 90, messageDays: 400 };

/** Minutes in which a slip of the pen is put right before a family hears of it. */
export const USUAL_COOL_DOWN_MINUTES = 3;

export interface NotificationsConfig {
  mail?: MailSettings;
  sms?: SmsSettings;
  /** address of the web application as families open it, without a slash at the end */
  publicUrl?: string;
  keep?: KeepSettings;
  /** minutes, 0–60, from an entry to the earliest departure of its notice; 0: at once */
  coolDownMinutes?: number;
}

/** What the service is told about its surroundings; a channel that is not configured is shown as unavailable. */
export class NotificationsSettings {
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  readonly publicUrl: string | null;
  readonly keep: KeepSettings;
  readonly coolDownMinutes: number;

  constructor(config: NotificationsConfig) {
    this.mail = config.mail ?? null;
    this.sms = config.sms ?? null;
    this.publicUrl = config.publicUrl?.replace(/\/+$/, '') ?? null;
    this.keep = config.keep ?? USUALLY_KEPT;
    this.coolDownMinutes = config.coolDownMinutes ?? USUAL_COOL_DOWN_MINUTES;
  }

  has(channel: 'email' | 'sms'): boolean {
    return (channel === 'email' ? this.mail : this.sms) !== null;
  }
}
