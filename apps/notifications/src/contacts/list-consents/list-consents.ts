import { Controller } from '@nestjs/common';
import { listConsents, type ConsentPage, type ListConsents } from '@parta/contracts-notifications';
import { searchWords } from '@parta/domain-marks/names';
import { Forbidden } from '@parta/platform-errors';
import { Database, everyWord, sql } from '@parta/platform-persistence';
import { Caller, Handles, Input, type Actor } from '@parta/platform-rpc';

const PAGE_SIZE = 50;

@Controller()
export class ListConsentsHandler {
  constructor(private readonly database: Database) {}

  @Handles(listConsents)
  async execute(@Input() input: ListConsents, @Caller() actor: Actor): Promise<ConsentPage> {
    const schools = actor
      .schools(['administrator', 'director'])
      .filter((id) => !input.schoolId || id === input.schoolId);
    if (schools.length === 0)
      throw new Forbidden('access.another-school', 'the actor has no such role in this school');
    const matches = input.q
      ? everyWord(sql`(coalesce(g.search_text, '') || ' ' || folded(c.address))`, searchWords(input.q))
      : sql`true`;
    const page = await this.database.row<ConsentPage>(sql`
      with found as (select c.*, coalesce(g.name, '—') as guardian_name from consents c
          left join guardians g on g.school_id = c.school_id and g.id = c.person_id
          where c.school_id = any (${schools}::uuid[]) and ${matches}),
        shown as (select * from found order by at desc, id desc limit ${PAGE_SIZE} offset ${((input.page ?? 1) - 1) * PAGE_SIZE})
      select (select count(*)::int from found) as total, coalesce((select json_agg(json_build_object('consentId', id,
          'guardianName', guardian_name, 'channel', channel, 'address', address, 'event', event, 'how', how,
          'textVersion', text_version, 'text', text, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          'accountId', account_id, 'ipAddress', ip_address, 'userAgent', user_agent) order by at desc, id desc)
        from shown), '[]') as consents`);
    return page!;
  }
}
