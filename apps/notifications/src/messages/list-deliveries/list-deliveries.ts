import { Controller } from '@nestjs/common';
import { listDeliveries, type DeliveryPage, type ListDeliveries } from '@parta/contracts-notifications';
import { Database, likePattern, sql, type SqlFragment } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import { visibleMessages } from '../deliveries.access.js';

const PAGE_SIZE = 50;
const TROUBLE = ['undelivered', 'refused', 'uncertain', 'expired'];

const instant = (column: string): SqlFragment =>
  sql.trusted(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

@Controller()
export class ListDeliveriesHandler {
  constructor(private readonly database: Database) {}

  @Handles(listDeliveries)
  async execute(@Input() input: ListDeliveries, @Caller() actor: Actor): Promise<DeliveryPage> {
    const page = await this.database.row<DeliveryPage>(sql`
      with found as (
        select m.*, coalesce(g.name, '—') as guardian_name, k.children
        from messages m join schools s on s.school_id = m.school_id
          left join guardians g on g.school_id = m.school_id and g.id = m.person_id
          left join lateral (select coalesce(json_agg(distinct st.family_name || ' ' || st.given_name), '[]') as children,
              string_agg(st.family_name || ' ' || st.given_name, ' ') as names
            from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
            where n.school_id = m.school_id and n.message_id = m.id) k on true
        where ${visibleMessages(actor, input.schoolId)} and ${sql.and(conditions(input))}),
      shown as (select * from found order by created_at desc, id desc limit ${PAGE_SIZE}
        offset ${((input.page ?? 1) - 1) * PAGE_SIZE})
      select (select count(*)::int from found) as total, coalesce((select json_agg(json_build_object('messageId', id,
          'createdAt', ${instant('created_at')}, 'dueAt', ${instant('due_at')}, 'submittedAt', ${instant('submitted_at')},
          'settledAt', ${instant('settled_at')}, 'guardianName', guardian_name, 'children', children, 'channel', channel,
          'address', address, 'kind', kind, 'text', case when kind = 'code' then null else text end, 'state', state,
          'attempts', attempts, 'parts', parts, 'problem', problem) order by created_at desc, id desc)
        from shown), '[]') as deliveries`);
    return page!;
  }
}

function conditions(input: ListDeliveries): SqlFragment[] {
  const all: SqlFragment[] = [];
  if (input.channel) all.push(sql`m.channel = ${input.channel}`);
  if (input.state === 'trouble') all.push(sql`m.state = any (${TROUBLE}::text[])`);
  else if (input.state && input.state !== 'all') all.push(sql`m.state = ${input.state}`);
  if (input.from) all.push(sql`m.created_at >= ${input.from}::date::timestamp at time zone s.time_zone`);
  if (input.to) all.push(sql`m.created_at < (${input.to}::date + 1)::timestamp at time zone s.time_zone`);
  if (input.q) all.push(sql`concat_ws(' ', g.name, k.names, m.address) ilike ${likePattern(input.q)}`);
  return all;
}
