import { Controller } from '@nestjs/common';
import { listSessions, SessionList, SessionRow } from '@parta/contracts-identity';
import { Database, sql } from '@parta/platform-persistence';
import { Actor, Caller, Clock, Handles } from '@parta/platform-rpc';
import { IdentitySettings } from '../../identity.settings.js';
import { iso } from '../../iso.js';

/** The caller's sessions that a refresh would still find open, the latest used first. */
@Controller()
export class ListSessionsHandler {
  constructor(
    private readonly database: Database,
    private readonly settings: IdentitySettings,
    private readonly clock: Clock,
  ) {}

  @Handles(listSessions)
  async handle(@Caller() actor: Actor): Promise<SessionList> {
    const now = this.clock.now();
    const rows = await this.database.rows<SessionRow>(sql`
      select id as "sessionId", ${iso('started_at')} as "startedAt",
        ${iso('last_used_at')} as "lastUsedAt", address, user_agent as "userAgent", id is not distinct from ${actor.sessionId}::uuid as "isCurrent"
      from sessions
      where account_id = ${actor.id} and ended_at is null and expires_at > ${now}
        and last_used_at >= ${new Date(now.getTime() - this.settings.idleMs)}
      order by last_used_at desc limit 200`);
    return { sessions: rows };
  }
}
