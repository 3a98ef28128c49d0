import { fileURLToPath } from 'node:url';
import { requireFreePort } from '@parta/platform-embedded';
import { SupervisedProcess } from './supervised-process.js';

export interface ReceiversOptions {
  /** of the page «what families received» */
  pagePort: number;
  smtpPort: number;
  smppPort: number;
  step: (line: string) => void;
}

export interface Receivers {
  /** the page; `/received` beside it is the same as JSON */
  url: string;
  /** what notifications has to be told to send to them */
  env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Starts the mail server and the SMS centre of a trial: what is sent ends on a page of this machine. */
export async function startReceivers(options: ReceiversOptions): Promise<Receivers> {
  const { pagePort, smtpPort, smppPort, step } = options;
  await requireFreePort(pagePort, 'the page of received messages');
  await requireFreePort(smtpPort, 'the mail server of the trial');
  await requireFreePort(smppPort, 'the SMS centre of the trial');
  step('receivers of mail and SMS');
  const url = `http://127.0.0.1:${pagePort}`;
  const receivers = new SupervisedProcess({
    name: 'receivers',
    file: fileURLToPath(new URL('main.js', import.meta.resolve('@parta/receivers'))),
    env: {
      ...process.env,
      PARTA_RECEIVERS_PAGE_PORT: String(pagePort),
      PARTA_RECEIVERS_SMTP_PORT: String(smtpPort),
      PARTA_RECEIVERS_SMPP_PORT: String(smppPort),
    },
    readyUrl: url,
    log: () => undefined,
    say: step,
  });
  try {
    await receivers.start();
  } catch (error) {
    await receivers.stop();
    throw error;
  }
  return {
    url,
    env: {
      PARTA_SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      PARTA_MAIL_FROM: 'Школьный журнал Parta <journal@parta.example>',
      PARTA_SMPP_URL: `smpp://parta:parta@127.0.0.1:${smppPort}`,
      PARTA_SMS_SENDER: 'Parta',
    },
    stop: () => receivers.stop(),
  };
}
