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
        select m.school_id, m.id, m.created_at from messages m join schools s on s.school_id = m.school_id
        where ${visibleMessages(actor, input.schoolId)} and ${sql.and(conditions(input))}),
      shown as (select * from found order by created_at desc, id desc limit ${PAGE_SIZE}
        offset ${((input.page ?? 1) - 1) * PAGE_SIZE})
      select (select count(*)::int from found) as total, coalesce((select json_agg(json_build_object('messageId', m.id,
          'createdAt', ${instant('m.created_at')}, 'dueAt', ${instant('m.due_at')}, 'submittedAt', ${instant('m.submitted_at')},
          'settledAt', ${instant('m.settled_at')}, 'guardianName', coalesce(g.name, '—'), 'children', (
            select coalesce(json_agg(distinct st.family_name || ' ' || st.given_name), '[]')
            from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
            where n.school_id = m.school_id and n.message_id = m.id),
          'channel', m.channel, 'address', m.address, 'kind', m.kind, 'text', case when m.kind = 'code' then null else m.text end,
          'state', m.state, 'attempts', m.attempts, 'parts', m.parts, 'problem', m.problem) order by m.created_at desc, m.id desc)
        from shown join messages m on m.school_id = shown.school_id and m.id = shown.id
          left join guardians g on g.school_id = m.school_id and g.id = m.person_id), '[]') as deliveries`);
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
  if (input.q) {
    const wanted = likePattern(input.q);
    all.push(sql`(m.address ilike ${wanted}
      or exists (select 1 from guardians g where g.school_id = m.school_id and g.id = m.person_id and g.name ilike ${wanted})
      or exists (select 1 from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
        where n.school_id = m.school_id and n.message_id = m.id
          and concat_ws(' ', st.family_name, st.given_name) ilike ${wanted}))`);
  }
  return all;
}
