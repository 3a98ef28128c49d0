import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Inbox } from './inbox.js';

/** How the sink treats the next letters, to see what a sender does about it. */
export interface MailTrouble {
  /** answers RCPT TO with this, such as `550 5.1.1 no such user` */
  refuseRecipient?: string;
  /** answers the letter itself with this, such as `451 4.3.0 try later` */
  refuseLetter?: string;
  /** takes so many letters and answers the following ones `451 4.7.1 …` */
  deferAfter?: number;
  /** takes the letter and cuts the line before it answers */
  cutBeforeAnswer?: boolean;
  /** answers MAIL FROM with this, such as `550 5.7.1 sender not allowed` */
  refuseSender?: string;
  /** takes the letter and does not answer until told otherwise; a mailbox: of those to it */
  holdAnswers?: boolean | string;
  /** answers each letter so many milliseconds late */
  answerDelayMs?: number;
}

export interface MailSink {
  port: number;
  /** what goes wrong from now on; {} for nothing */
  trouble: MailTrouble;
  stop(): Promise<void>;
}

/** A mail server that takes every letter and keeps it in the inbox. */
export async function startMailSink(options: {
  port: number;
  host?: string;
  inbox: Inbox;
  /** who has to sign in before a letter is taken; nobody unless said */
  account?: { user: string; password: string };
}): Promise<MailSink> {
  let trouble: MailTrouble = {};
  const held: (() => void)[] = [];
  const sink: MailSink = {
    port: options.port,
    get trouble() {
      return trouble;
    },
    set trouble(value) {
      trouble = value;
      if (!value.holdAnswers) for (const answer of held.splice(0)) answer();
    },
    stop: () => Promise.resolve(),
  };
  const server = new SMTPServer({
    authOptional: !options.account,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === options.account?.user && password === options.account?.password;
      if (isKnown) done(null, { user: username });
      else done(errorOf('535 5.7.8 authentication failed'));
    },
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 500,
    onMailFrom: (_address, _session, done) => done(errorOf(sink.trouble.refuseSender)),
    onRcptTo: (_address, _session, done) => done(errorOf(sink.trouble.refuseRecipient)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void (async () => {
          const refusal = errorOf(sink.trouble.refuseLetter);
          if (refusal) {
            answerAsItIs(server, session.id, trouble.refuseLetter!);
            return done(refusal);
          }
          if (trouble.deferAfter !== undefined && trouble.deferAfter-- <= 0)
            return done(errorOf('451 4.7.1 too many letters, try later'));
          const letter = await PostalMime.parse(Buffer.concat(chunks));
          for (const recipient of session.envelope.rcptTo) {
            options.inbox.add({
              channel: 'email',
              to: recipient.address,
              from: letter.from?.address ?? '',
              subject: letter.subject ?? '',
              text: letter.text ?? '',
              html: letter.html ?? null,
              headers: {
                ...Object.fromEntries(letter.headers.map((header) => [header.key, header.value])),
                'return-path': session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
                'x-ehlo': session.hostNameAppearsAs,
              },
            });
          }
          if (trouble.cutBeforeAnswer) return cut(server);
          const isHeld =
            trouble.holdAnswers === true ||
            session.envelope.rcptTo.some(({ address }) => address === trouble.holdAnswers);
          if (isHeld) return void held.push(() => done());
          if (trouble.answerDelayMs) return void setTimeout(done, trouble.answerDelayMs);
          return done();
        })().catch(done);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (address && typeof address === 'object') sink.port = address.port;
  sink.stop = () => new Promise((resolve) => server.close(() => resolve()));
  return sink;
}

/** Drops every line, as a server does that dies. */
function cut(server: SMTPServer): void {
  const { connections } = server as unknown as { connections: Set<{ _socket: { destroy(): void } }> };
  for (const connection of connections) connection._socket.destroy();
}

/** The next answer to the session goes over the line in these bytes; the package would tidy it. */
function answerAsItIs(server: SMTPServer, sessionId: string, answer: string): void {
  const { connections } = server as unknown as {
    connections: Set<{
      session: { id: string };
      send(...said: unknown[]): void;
      _socket: { write(bytes: string): void };
    }>;
  };
  for (const connection of connections) {
    if (connection.session.id !== sessionId) continue;
    const usual = connection.send.bind(connection);
    connection.send = () => {
      connection.send = usual;
      connection._socket.write(`${answer}\r\n`);
    };
  }
}

/** `550 5.1.1 no such user` as smtp-server wants it. */
function errorOf(answer: string | undefined): Error | undefined {
  if (!answer) return undefined;
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}
