// Receives what a trial installation sends: a mail server, an SMS centre and a page that shows what they have got.
// PARTA_RECEIVERS_PAGE_PORT, PARTA_RECEIVERS_SMTP_PORT, PARTA_RECEIVERS_SMPP_PORT, PARTA_RECEIVERS_HOST (this machine only); ends with SIGTERM, or when standard input does.
import { Inbox } from './inbox.js';
import { startMailSink } from './mail-sink.js';
import { startInboxPage } from './page.js';
import { startSmsCentre } from './sms-centre.js';

const port = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

const host = process.env.PARTA_RECEIVERS_HOST;
const inbox = new Inbox();
const mail = await startMailSink({ port: port('PARTA_RECEIVERS_SMTP_PORT', 8084), host, inbox });
const sms = await startSmsCentre({
  port: port('PARTA_RECEIVERS_SMPP_PORT', 8085),
  host,
  inbox,
  systemId: 'parta',
  password: 'parta',
});
const page = await startInboxPage({ port: port('PARTA_RECEIVERS_PAGE_PORT', 8083), host, inbox });
process.stdout.write(`receivers are ready: ${page.url} smtp ${mail.port} smpp ${sms.port}\n`);

const stop = (): void => {
  void Promise.all([page.stop(), mail.stop(), sms.stop()]).then(() => process.exit(0));
};
process.once('SIGTERM', stop);
// Ctrl-C reaches the whole group; whoever started the receivers stops them after the last message.
process.on('SIGINT', () => undefined);
if (process.argv.includes('--with-parent')) process.stdin.on('close', stop).resume();
