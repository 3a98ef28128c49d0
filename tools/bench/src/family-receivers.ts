import { Inbox, startMailSink, startSmsCentre, type Received } from '@parta/receivers';

/** A mail server and an SMS centre in this process, which say at once what they have taken. */
export interface FamilyReceivers {
  /** what notifications has to be told to send to them */
  env: NodeJS.ProcessEnv;
  received: (channel: Received['channel'], to: string) => void;
  stop(): Promise<void>;
}

export async function startFamilyReceivers(): Promise<FamilyReceivers> {
  const receivers: FamilyReceivers = {
    env: {},
    received: () => undefined,
    stop: () => Promise.resolve(),
  };
  const inbox = new (class extends Inbox {
    override add(message: Parameters<Inbox['add']>[0]): Received {
      const { channel, to } = message;
      receivers.received(channel, channel === 'sms' && !to.startsWith('+') ? `+${to}` : to);
      return super.add(message);
    }
  })();
  const mail = await startMailSink({ port: 0, inbox });
  const sms = await startSmsCentre({ port: 0, inbox, systemId: 'bench', password: 'bench' });
  receivers.env = {
    PARTA_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    PARTA_MAIL_FROM: 'Parta <journal@parta.example>',
    PARTA_SMPP_URL: `smpp://bench:bench@127.0.0.1:${sms.port}`,
    PARTA_SMS_SENDER: 'Parta',
    PARTA_NOTICE_COOL_DOWN_MINUTES: '0',
    PARTA_SMS_PER_SECOND: '1000',
  };
  receivers.stop = async () => {
    await mail.stop();
    await sms.stop();
  };
  return receivers;
}
