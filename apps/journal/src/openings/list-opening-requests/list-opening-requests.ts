import { Controller } from '@nestjs/common';
import {
  listOpeningRequests,
  type OpeningRequest,
  type OpeningRequests,
  type OpeningsOf,
} from '@parta/contracts-journal';
import { LEADERSHIP_ROLES } from '@parta/platform-contract';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, Input, type Actor } from '@parta/platform-rpc';
import { openingColumns, openingTables } from '../opening-rows.js';

const KEPT_DAYS = 183;

@Controller()
export class ListOpeningRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(listOpeningRequests)
  async execute(@Input() { isWaiting }: OpeningsOf, @Caller() actor: Actor): Promise<OpeningRequests> {
    const since = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000).toISOString();
    const rows = await this.database.rows<OpeningRequest & { waiting: number }>(sql`
      select ${openingColumns}, (count(*) filter (where o.state = 'asked') over ())::int as waiting
      from ${openingTables}
      where o.school_id = any (${actor.schools(LEADERSHIP_ROLES)}::uuid[]) and not l.is_removed
        and (o.state = 'asked' or (not ${isWaiting ?? false} and o.asked_at >= ${since}::timestamptz))
      order by o.state <> 'asked', case when o.state = 'asked' then o.asked_at end, o.decided_at desc, o.id
      limit 500`);
    return { waiting: rows[0]?.waiting ?? 0, requests: rows.map(({ waiting: _, ...request }) => request) };
  }
}
