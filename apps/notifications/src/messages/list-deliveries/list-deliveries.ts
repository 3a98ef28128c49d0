import { Controller } from '@nestjs/common';
import {
  listDeliveries,
  type DeliveryPage,
  type DeliveryRow,
  type ListDeliveries,
} from '@parta/contracts-notifications';
import { searchWords } from '@parta/domain-marks/names';
import { Database, everyWord, sql, type SqlFragment } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';
import type { Notice } from '../../notices/notice.js';
import { compose } from '../compose.js';
import { visibleDeliveries } from '../deliveries.access.js';

const PAGE_SIZE = 50;
/** Whoever has the link of a letter may end the letters: it is the family's own. */
const LINK = String.raw`(/unsubscribe/)[\w-]+`;
const TROUBLE = ['undelivered', 'refused', 'uncertain', 'expired'];

const instant = (column: string): SqlFragment =>
  sql.trusted(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

type Row = DeliveryRow & {
  schoolName: string;
  /** what the actor may see of a message that is about other children too; null when it is all of it */
  part: Notice[] | null;
};

@Controller()
export class ListDeliveriesHandler {
  constructor(private readonly database: Database) {}

  @Handles(listDeliveries)
  async execute(@Input() input: ListDeliveries, @Caller() actor: Actor): Promise<DeliveryPage> {
    const visible = visibleDeliveries(actor, input.schoolId);
    const page = await this.database.row<{ total: number; deliveries: Row[] }>(sql`
      with found as (
        select m.school_id, m.id, m.created_at, s.name as school_name from messages m join schools s on s.school_id = m.school_id
        where ${visible.messages} and ${sql.and(conditions(input, visible.notices))}),
      shown as (select * from found order by created_at desc, id desc limit ${PAGE_SIZE}
        offset ${((input.page ?? 1) - 1) * PAGE_SIZE})
      select (select count(*)::int from found) as total, coalesce((select json_agg(json_build_object('messageId', m.id,
          'createdAt', ${instant('m.created_at')}, 'dueAt', ${instant('m.due_at')}, 'submittedAt', ${instant('m.submitted_at')},
          'settledAt', ${instant('m.settled_at')}, 'guardianName', coalesce(g.name, '—'), 'children', about.children,
          'channel', m.channel, 'address', m.address, 'kind', m.kind, 'state', m.state, 'attempts', m.attempts, 'parts', m.parts,
          'problem', m.problem, 'text', case when m.kind <> 'code' then regexp_replace(m.text, ${LINK}, '\\1…') end,
          'part', case when about.of_others > 0 then about.notices end, 'schoolName', shown.school_name)
          order by m.created_at desc, m.id desc)
        from shown join messages m on m.school_id = shown.school_id and m.id = shown.id
          left join guardians g on g.school_id = m.school_id and g.id = m.person_id
          cross join lateral (
            select coalesce(json_agg(distinct st.family_name || ' ' || st.given_name) filter (where ${visible.notices}), '[]')
                as children, count(*) filter (where not coalesce(${visible.notices}, false)) as of_others,
              coalesce(json_agg(json_build_object('kind', n.kind, 'studentId', n.student_id, 'givenName', st.given_name,
                'familyName', st.family_name, 'content', n.content) order by n.occurred_at, n.id)
                filter (where ${visible.notices}), '[]') as notices
            from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
            where n.school_id = m.school_id and n.message_id = m.id and n.person_id = m.person_id) about), '[]') as deliveries`);
    return { total: page!.total, deliveries: page!.deliveries.map(ownPart) };
  }
}

/** Of a message about other children too, what it would have said without them. */
function ownPart({ schoolName, part, ...row }: Row): DeliveryRow {
  if (!part || row.text === null) return row;
  const { text } = compose(row.channel, part, { schoolName, publicUrl: null, unsubscribeUrl: null });
  return { ...row, text };
}

function conditions(input: ListDeliveries, visibleNotices: SqlFragment): SqlFragment[] {
  const all: SqlFragment[] = [];
  if (input.channel) all.push(sql`m.channel = ${input.channel}`);
  if (input.state === 'trouble') all.push(sql`m.state = any (${TROUBLE}::text[])`);
  else if (input.state && input.state !== 'all') all.push(sql`m.state = ${input.state}`);
  if (input.from) all.push(sql`m.created_at >= ${input.from}::date::timestamp at time zone s.time_zone`);
  if (input.to) all.push(sql`m.created_at < (${input.to}::date + 1)::timestamp at time zone s.time_zone`);
  if (input.q) {
    const words = searchWords(input.q);
    all.push(sql`(${everyWord(sql`folded(m.address)`, words)}
      or exists (select 1 from guardians g where g.school_id = m.school_id and g.id = m.person_id and ${everyWord(sql`g.search_text`, words)})
      or exists (select 1 from notices n join students st on st.school_id = n.school_id and st.id = n.student_id
        where n.school_id = m.school_id and n.message_id = m.id and ${visibleNotices}
          and ${everyWord(sql`st.search_text`, words)}))`);
  }
  return all;
}
