import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from '@parta/platform-observability';
import { Clock, LOGGER } from '@parta/platform-rpc';
import { SMTPServer } from 'smtp-server';
import { isDataError } from '../../messages/data-error.js';
import { NotificationsSettings } from '../../notifications.settings.js';
import { Returns } from './returns.js';

const MAX_BYTES = 1024 * 1024;
const MAX_CLIENTS = 20;
const TIMEOUT_MS = 60_000;
const MAX_RECIPIENTS = 10;

/**
 * A mail server for what comes back, and for nothing else: the installation's own server hands over what arrives at the
 * return path, or a program that empties a mailbox does. It sends nothing, so that no bounce answers a bounce.
 */
@Injectable()
export class ReturnsServer implements OnApplicationBootstrap, OnModuleDestroy {
  private server: SMTPServer | undefined;

  constructor(
    private readonly settings: NotificationsSettings,
    private readonly returns: Returns,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Where it listens; null when it does not. */
  get port(): number | null {
    const address = this.server?.server.address();
    return address && typeof address === 'object' ? address.port : null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const listen = this.settings.mail?.returns;
    if (!listen || listen.port === undefined) return;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      size: MAX_BYTES,
      maxClients: MAX_CLIENTS,
      socketTimeout: TIMEOUT_MS,
      closeTimeout: 1000,
      disableReverseLookup: true,
      onRcptTo: (_address, session, done) =>
        done(
          session.envelope.rcptTo.length < MAX_RECIPIENTS ? undefined : refusal(452, 'too many recipients'),
        ),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        let length = 0;
        stream.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length <= MAX_BYTES) chunks.push(chunk);
        });
        stream.on('end', () => {
          if (length > MAX_BYTES) return done(refusal(552, 'too big for a bounce'));
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          this.returns.take(Buffer.concat(chunks), recipients, this.clock.now()).then(
            () => done(),
            (error: unknown) => {
              this.logger.error({ err: error }, 'a letter that came back could not be kept');
              // What can never be kept would come again for days.
              done(isDataError(error) ? undefined : refusal(451, 'try again later'));
            },
          );
        });
      },
    });
    server.on('error', (error: Error) => this.logger.debug({ err: error }, 'returns server'));
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(listen.port, listen.host ?? '127.0.0.1', resolve);
    });
    this.server = server;
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }
}

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
