import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@parta/platform-observability';
import { Database, NO_SCHOOL, sql } from '@parta/platform-persistence';
import { LOGGER } from '@parta/platform-rpc';
import { Consents } from '../../contacts/consents.js';
import { addressHash } from '../../contacts/contact-keys.js';
import { MessageMetrics } from '../../messages/message-metrics.js';
import { readReturned, type Returned } from './returned-mail.js';
import { ReturnPaths } from './return-paths.js';

/** Letters that came back: what they say of addresses and of readers' will. */
@Injectable()
export class Returns {
  constructor(
    private readonly database: Database,
    private readonly paths: ReturnPaths,
    private readonly consents: Consents,
    private readonly metrics: MessageMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Takes a letter that came to the return path. What is about no letter of this installation changes nothing.
   * @param recipients of the envelope, where the signed return path stands first of all
   * @throws when it cannot be kept now; the server that brought it tries again
   */
  async take(raw: Buffer, recipients: readonly string[], now: Date): Promise<Returned['kind']> {
    const returned = await readReturned(raw).catch((error: unknown): Returned => {
      this.logger.warn({ err: error }, 'a letter came back that cannot be read');
      return { kind: 'nothing' };
    });
    this.metrics.returned(returned.kind);
    if (returned.kind === 'nothing') return 'nothing';
    // A complaint comes to an address of its own, with the letter it is about; of a bounce that was fetched from a mailbox the
    // return path stands in its head. The signature says that the letter is Parta's, wherever it stands.
    const [messageId] = await this.paths.messagesIn([...recipients, raw.toString('latin1')].join('\n'));
    const schoolId = messageId && (await this.schoolOf(messageId));
    if (!schoolId) return 'nothing';
    await this.database.write({ schools: [schoolId] }, () =>
      this.conclude(schoolId, messageId, returned, now),
    );
    return returned.kind;
  }

  private async schoolOf(messageId: string): Promise<string | undefined> {
    const found = await this.database.read(NO_SCHOOL, () =>
      this.database.row<{ school_id: string }>(
        sql`select school_id from mail_returns where message_id = ${messageId}`,
      ),
    );
    return found?.school_id;
  }

  private async conclude(schoolId: string, messageId: string, returned: Returned, now: Date): Promise<void> {
    const at = now.toISOString();
    const message = await this.database.row<{ address: string; sentAt: string }>(sql`
      select address, coalesce(submitted_at, created_at)::text as "sentAt" from messages
      where school_id = ${schoolId} and id = ${messageId} for update`);
    if (!message) return;
    if (returned.kind === 'complaint')
      return this.consents.takeBackAt(addressHash('email', message.address), 'email', 'complaint', now);
    if (returned.kind === 'nothing') return;
    await this.database.run(sql`
      update messages set problem = ${returned.problem}, settled_at = ${at},
        state = case when ${returned.kind === 'failed'}::boolean then 'undelivered' else state end
      where school_id = ${schoolId} and id = ${messageId} and state in ('submitted', 'uncertain', 'undelivered')`);
    if (returned.kind === 'soft' || !returned.isAddressDead) return;
    // What was sent before the guardian proved the address anew says nothing against it.
    await this.database.run(sql`
      update contacts set state = 'failed', changed_at = ${at}
      where school_id = ${schoolId} and channel = 'email' and address = ${message.address} and state = 'open'
        and opened_at <= ${message.sentAt}::timestamptz`);
  }
}
