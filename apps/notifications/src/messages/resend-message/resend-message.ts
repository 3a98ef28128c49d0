import { Controller } from '@nestjs/common';
import { resendMessage, type ResendMessage, type ResentMessage } from '@parta/contracts-notifications';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Conflict, NotFound } from '@parta/platform-errors';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { DispatchSignal } from '../dispatch-signal.js';
import { usefulUntil } from '../outgoing.js';

const TROUBLE = ['undelivered', 'refused', 'uncertain', 'expired'];

@Controller()
export class ResendMessageHandler {
  constructor(
    private readonly database: Database,
    private readonly signal: DispatchSignal,
    private readonly clock: Clock,
  ) {}

  /** It is of use for another day, or it would be too late at once; a code is never repeated, the guardian asks for another. */
  @Handles(resendMessage)
  async execute(@Input() { messageId }: ResendMessage, @Caller() actor: Actor): Promise<ResentMessage> {
    const found = await this.database.row<{
      school_id: string;
      state: string;
      kind: string;
      channel: 'email' | 'sms';
      isOpen: boolean;
    }>(sql`
      select m.school_id, m.state, m.kind, m.channel,
        exists (select 1 from contacts c where c.school_id = m.school_id and c.person_id = m.person_id and c.channel = m.channel
          and c.state = 'open' and c.address = m.address) as "isOpen"
      from messages m where m.id = ${messageId} and m.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[]) for update of m`);
    if (!found)
      throw new NotFound('notifications.message-not-found', 'no such message in the actor’s schools');
    if (!TROUBLE.includes(found.state) || found.kind === 'code')
      throw new Conflict('notifications.message-not-in-trouble', 'it has arrived or is on its way', {
        state: found.state,
      });
    if (!found.isOpen)
      throw new Conflict(
        'notifications.contact-not-open',
        'the guardian’s consent for this address is not in force',
      );
    const at = this.clock.now();
    const now = at.toISOString();
    await this.database.run(sql`
      update messages set state = 'waiting', due_at = ${now}, useful_until = ${usefulUntil(at)}, settled_at = null, submitted_at = null, problem = null,
        has_begun = false
      where school_id = ${found.school_id} and id = ${messageId}`);
    await this.database.run(sql`delete from sms_parts where message_id = ${messageId}`);
    await this.database.run(sql`
      insert into queue (message_id, school_id, channel, due_at, first_due_at)
      values (${messageId}, ${found.school_id}, ${found.channel}, ${now}, ${now})`);
    this.database.afterCommit(() => this.signal.wake(found.channel));
    return { messageId, state: 'waiting' };
  }
}
