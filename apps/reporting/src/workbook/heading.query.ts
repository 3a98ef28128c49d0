import type { NameFields } from '@parta/domain-marks/names';
import { sql, type SqlFragment } from '@parta/platform-persistence';

/** What stands over and under every report. */
export interface Heading {
  schoolName: string;
  timeZone: string;
  yearTitle: string | null;
  director: NameFields | null;
  deputyHead: NameFields | null;
}

/** Since when and until when somebody belonged to a class or group; null: before the records begin, still there. */
export interface Spell {
  from: string | null;
  to: string | null;
}

/** A `NameFields` of a row. */
export const nameFields = (alias: string): SqlFragment =>
  sql.trusted(
    `json_build_object('familyName', ${alias}.family_name, 'givenName', ${alias}.given_name, 'middleName', ${alias}.middle_name)`,
  );

/** «Иванова Анна Петровна» */
export const inFull = ({ familyName, givenName, middleName }: NameFields): string =>
  [familyName, givenName, middleName].filter(Boolean).join(' ');

/** One member of staff with that role; several are signed for by hand. */
const onlyOne = (schoolId: string, role: string): SqlFragment => sql`
  (select case when count(*) = 1 then (json_agg(${nameFields('s')}) -> 0) end
    from staff s where s.school_id = ${schoolId} and s.is_active and ${role} = any (s.roles))`;

/** Columns of a `Heading`, of the academic year of that date. */
export const headingColumns = (schoolId: string, date: string): SqlFragment => sql`
  (select name from schools where school_id = ${schoolId}) as "schoolName",
  (select time_zone from schools where school_id = ${schoolId}) as "timeZone",
  (select title from school_years where school_id = ${schoolId} and start_date <= ${date}::date and end_date >= ${date}::date
    order by id desc limit 1) as "yearTitle",
  ${onlyOne(schoolId, 'director')} as director, ${onlyOne(schoolId, 'deputy-head')} as "deputyHead"`;

/** Everybody who belonged to a class or study group on any day between two dates, with all spells there. */
export const pupilSpells = (schoolId: string, groupId: string, from: string, to: string): SqlFragment => sql`
  select s.id, s.family_name, s.given_name, json_agg(json_build_object('from', to_char(e."from", 'YYYY-MM-DD'),
    'to', to_char(e."to", 'YYYY-MM-DD')) order by e."from" nulls first) as spells, max(coalesce(e."to", 'infinity'::date)) as until
  from students s, jsonb_to_recordset(s.enrolments) as e("groupId" uuid, "from" date, "to" date)
  where s.school_id = ${schoolId} and s.enrolments @> ${JSON.stringify([{ groupId }])}::jsonb and e."groupId" = ${groupId}
    and coalesce(e."from" <= ${to}::date, true) and coalesce(e."to" >= ${from}::date, true)
  group by s.id, s.family_name, s.given_name`;
