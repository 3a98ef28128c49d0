/**
 * The roles of active people whose access the roster does not curtail, as they follow from the roster and from orders
 * (R5, R7–R10), one row for each role and origin. Roles of the roster are derived here and stored nowhere; their ids are made from what they say, so they stay
 * the same. `security_invoker` leaves row-level security to the caller's scope.
 */
export const PERSON_GRANTS = [
  // The shape of a UUID version 8 (RFC 9562): version and variant are put over the hash.
  `create function identity.roster_grant_id(school_id uuid, person_id uuid, role text) returns uuid
    language sql immutable parallel safe as $$
      select overlay(overlay(md5(school_id::text || person_id::text || role) placing '8' from 13) placing 'a' from 17)::uuid
    $$`,
  `create view identity.open_guardianships with (security_invoker = true) as
    select t.school_id, t.student_id, t.guardian_id, g.guardian_kind, g.access_is_enabled, s.class_id
    from identity.guardianships t
    join identity.people s on s.school_id = t.school_id and s.person_id = t.student_id and s.kind = 'student' and s.is_active
    join identity.people g on g.school_id = t.school_id and g.person_id = t.guardian_id and g.kind = 'guardian' and g.is_active
    where t.named_by_student and t.named_by_guardian`,
  `create view identity.homerooms with (security_invoker = true) as
    select c.school_id, t.person_id, c.class_id, c.title, c.grade_level,
      p.access_is_enabled,
      case when c.kind = 'college-group' or s.kind = 'college' then 'group-curator' else 'homeroom-teacher' end as role
    from identity.classes c
    cross join lateral unnest(c.homeroom_teacher_ids) as t (person_id)
    join identity.people p on p.school_id = c.school_id and p.person_id = t.person_id and p.kind = 'staff' and p.is_active
    left join identity.schools s on s.school_id = c.school_id
    where c.is_active`,
  `create view identity.person_grants with (security_invoker = true) as
    with of_classes as not materialized (
      select school_id, person_id, role, array_agg(class_id order by grade_level, title) as class_ids
      from identity.homerooms where access_is_enabled group by school_id, person_id, role
    ), roster as (
      select p.school_id, p.person_id, r.role, '{}'::uuid[] as class_ids, '{}'::uuid[] as student_ids
      from identity.people p cross join lateral unnest(p.roster_roles) as r (role)
      where p.kind = 'staff' and p.is_active and p.access_is_enabled
      union all
      select school_id, person_id, role, class_ids, '{}' from of_classes
      union all
      select school_id, person_id, 'student', '{}', array[person_id]
      from identity.people where kind = 'student' and is_active and access_is_enabled
      union all
      select school_id, guardian_id, case guardian_kind when 'relative' then 'trusted-person' else 'guardian' end,
        '{}', array_agg(student_id order by student_id)
      from identity.open_guardianships where access_is_enabled group by school_id, guardian_id, guardian_kind
    )
    select school_id, person_id, role, 'roster' as origin, identity.roster_grant_id(school_id, person_id, role) as grant_id,
      null::text as order_number, null::date as order_date, class_ids, student_ids
    from roster
    union all
    select g.school_id, g.person_id, g.role, 'order', g.id, g.order_number, g.order_date,
      coalesce(o.class_ids, '{}'), '{}'
    from identity.grants g
    join identity.people p on p.school_id = g.school_id and p.person_id = g.person_id and p.kind = 'staff' and p.is_active
      and p.access_is_enabled
    left join of_classes o on o.school_id = g.school_id and o.person_id = g.person_id and o.role = g.role
    where g.revoked_at is null`,
  // Asked for these people alone: the planner does not carry a list that comes from a query into the view's groups.
  `create function identity.grants_of(schools uuid[], people uuid[]) returns setof identity.person_grants
    language plpgsql stable as $$
    begin
      return query select * from identity.person_grants where school_id = any (schools) and person_id = any (people);
    end $$`,
];
