import type { ListPeople } from '@parta/contracts-identity';
import { searchWords } from '@parta/domain-marks/names';
import { everyWord, sql, type SqlFragment } from '@parta/platform-persistence';
import { iso } from '../../iso.js';

/** Whom the caller may see. */
export interface Visibility {
  schools: readonly string[];
  /** schools seen as a whole */
  wholeSchools: readonly string[];
  /** of the other schools, only these classes: students and their guardians */
  classIds: readonly string[];
}

const NAME = sql.trusted(
  `family_name collate "ru-x-icu", given_name collate "ru-x-icu", middle_name collate "ru-x-icu" nulls first, person_id`,
);

const SORTS: Record<string, SqlFragment> = {
  name: NAME,
  class: sql`class_order nulls last, ${NAME}`,
  account: sql`array_position(array['none', 'invited', 'active', 'blocked'], account_state), ${NAME}`,
};

/** Students of the classes and their guardians. */
const isOfClasses = (classIds: readonly string[]): SqlFragment => sql`
  (p.kind = 'student' and p.class_id = any (${classIds}::uuid[])
    or p.kind = 'guardian' and exists (
      select 1 from open_guardianships g where g.school_id = p.school_id and g.guardian_id = p.person_id
        and g.class_id = any (${classIds}::uuid[])))`;

/** Classes of a person: a student's, those of a guardian's children, a class teacher's own. */
const classesOf = (who: Visibility): SqlFragment => sql`
  select c.title, lpad(coalesce(c.grade_level, 99)::text, 2, '0') || c.title as class_order
  from classes c
  where c.school_id = p.school_id and c.is_active and c.class_id in (
    select p.class_id where p.kind = 'student'
    union
    select g.class_id from open_guardianships g
    where p.kind = 'guardian' and g.school_id = p.school_id and g.guardian_id = p.person_id
    union
    select h.class_id from homerooms h
    where p.kind = 'staff' and h.school_id = p.school_id and h.person_id = p.person_id)
    and (p.school_id = any (${who.wholeSchools}::uuid[]) or c.class_id = any (${who.classIds}::uuid[]))`;

/** Every word has to be part of the name or of the login, in whatever spelling. */
const matches = (q: string | undefined): SqlFragment[] => [
  everyWord(sql`(p.search_text || ' ' || coalesce(folded(a.login_key), ''))`, searchWords(q)),
];

const isVisible = (
  who: Visibility,
): SqlFragment => sql`p.is_active and p.school_id = any (${who.schools}::uuid[])
  and (p.school_id = any (${who.wholeSchools}::uuid[]) or ${isOfClasses(who.classIds)})`;

function conditions(input: ListPeople, who: Visibility): SqlFragment[] {
  return [
    isVisible(who),
    ...(input.kind ? [sql`p.kind = ${input.kind}`] : []),
    ...(input.classId ? [isOfClasses([input.classId])] : []),
    // Somebody who is of the staff and a parent is one line, unless the parents are asked for.
    ...(input.kind || input.classId
      ? []
      : [
          sql`(p.kind = 'staff' or p.school_id <> all (${who.wholeSchools}::uuid[]) or not exists (
            select 1 from people o where o.school_id = p.school_id and o.person_id = p.person_id and o.kind = 'staff'
              and o.is_active and o.school_id = any (${who.schools}::uuid[])))`,
        ]),
    ...matches(input.q),
  ];
}

/** Children of a guardian with their classes, guardians of a student. */
const relativesOf = (who: Visibility): SqlFragment => sql`
  select r.name from (
    select concat_ws(', ', r.family_name || ' ' || r.given_name, c.title) as name, r.family_name, r.given_name
    from open_guardianships g
    join people r on r.school_id = g.school_id and r.person_id = g.student_id and r.kind = 'student'
    left join classes c on c.school_id = g.school_id and c.class_id = g.class_id
    where p.kind = 'guardian' and g.school_id = p.school_id and g.guardian_id = p.person_id
      and (p.school_id = any (${who.wholeSchools}::uuid[]) or g.class_id = any (${who.classIds}::uuid[]))
    union all
    select concat_ws(' ', r.family_name, r.given_name, r.middle_name), r.family_name, r.given_name
    from open_guardianships g
    join people r on r.school_id = g.school_id and r.person_id = g.guardian_id and r.kind = 'guardian'
    where p.kind = 'student' and g.school_id = p.school_id and g.student_id = p.person_id
  ) r order by r.family_name collate "ru-x-icu", r.given_name collate "ru-x-icu" limit 20`;

/** The lowest class of everybody who has one, «05А»: to sort by. */
const classOrders = (who: Visibility): SqlFragment => sql`
  select m.school_id, m.person_id, m.kind, min(lpad(coalesce(c.grade_level, 99)::text, 2, '0') || c.title) as class_order
  from (
    select school_id, person_id, kind, class_id from people where kind = 'student'
    union all select school_id, guardian_id, 'guardian', class_id from open_guardianships
    union all select school_id, person_id, 'staff', class_id from homerooms
  ) m
  join classes c on c.school_id = m.school_id and c.class_id = m.class_id and c.is_active
  where m.school_id = any (${who.wholeSchools}::uuid[]) or c.class_id = any (${who.classIds}::uuid[])
  group by m.school_id, m.person_id, m.kind`;

/** Of a person `p` with the account `a`, if there is one. */
const accountState = (now: Date): SqlFragment => sql`
  case when a.is_blocked then 'blocked' when a.id is not null then 'active'
    when exists (
      select 1 from invitations i where i.school_id = p.school_id and i.person_id = p.person_id
        and i.used_at is null and i.voided_at is null and i.expires_at > ${now}) then 'invited'
    else 'none' end`;

const peopleWithAccounts: SqlFragment = sql.trusted(`people p
  left join account_people ap on ap.school_id = p.school_id and ap.person_id = p.person_id
  left join accounts a on a.id = ap.account_id`);

/** One row: `counts`, for each kind of people how many of the list have no account. */
export const accountCounts = (who: Visibility, now: Date): SqlFragment => sql`
  with counted as (
    select k.kind, k.place, count(*) filter (where e.account_state = 'none')::int as none,
      count(*) filter (where e.account_state = 'invited')::int as invited
    from unnest(array['staff', 'student', 'guardian']) with ordinality as k (kind, place)
      left join (select p.kind, ${accountState(now)} as account_state from ${peopleWithAccounts}
        where ${isVisible(who)}) e on e.kind = k.kind
    group by k.kind, k.place
  )
  select json_agg(json_build_object('kind', kind, 'none', none, 'invited', invited) order by place) as counts from counted`;

/** One row: `people`, the page, and `total`, over all pages. */
export function peoplePage(input: ListPeople, who: Visibility, now: Date): SqlFragment {
  const sort = SORTS[input.sort ?? 'name']!;
  const size = input.pageSize ?? 50;
  const offset = ((input.page ?? 1) - 1) * size;
  const byClass = input.sort === 'class';
  return sql`
    with everybody as (
      select p.*, a.id as account_id, a.login, a.last_sign_in_at,
        ${byClass ? sql`o.class_order` : sql`null::text as class_order`},
        ${accountState(now)} as account_state
      from ${peopleWithAccounts}
      ${
        byClass
          ? sql`left join (${classOrders(who)}) o
          on o.school_id = p.school_id and o.person_id = p.person_id and o.kind = p.kind`
          : sql.empty
      }
      where ${sql.and(conditions(input, who))}
    ), matching as (
      select * from everybody
      where ${input.account ? sql`account_state = ${input.account}` : sql`true`}
    ), page as (
      select * from matching order by ${sort} limit ${size} offset ${offset}
    ), roles as (
      select g.school_id, g.person_id, json_agg(json_build_object('grantId', g.grant_id, 'role', g.role,
          'origin', g.origin, 'orderNumber', g.order_number, 'orderDate', to_char(g.order_date, 'YYYY-MM-DD'))
          order by g.role, g.origin desc) as grants
      from grants_of(array(select distinct school_id from page), array(select person_id from page)) g
      group by g.school_id, g.person_id
    ), shown as (
      select row_number() over (order by ${sort}) as place, p.person_id as "personId", p.school_id as "schoolId", p.kind,
        p.family_name as "familyName", p.given_name as "givenName", p.middle_name as "middleName",
        array(select k.title from (${classesOf(who)}) k order by k.class_order limit 20) as "classTitles",
        array(${relativesOf(who)}) as relatives,
        coalesce(roles.grants, '[]'::json) as grants, p.account_state as "accountState", p.account_id as "accountId",
        p.login, ${iso('p.last_sign_in_at')} as "lastSignInAt"
      from page p left join roles using (school_id, person_id)
    )
    select (select count(*)::int from matching) as total,
      coalesce((select json_agg(to_jsonb(shown) - 'place' order by shown.place) from shown), '[]') as people`;
}
