import { Migration } from '@mikro-orm/migrations';

/**
 * The roles of pupils and guardians stand in a view of their own, and who has no record among the staff is asked for there alone: a
 * plan over everything that gives roles to staff takes PostgreSQL half as long again. Families are nearly all who come.
 */
export class IdentityGrantsOfFamilies extends Migration {
  override up(): void {
    this.addSql(`
      create view identity.family_grants with (security_invoker = true) as
        with family as (
          select school_id, person_id, 'student' as role, array[person_id] as student_ids
          from identity.people where kind = 'student' and is_active and access_is_enabled
          union all
          select school_id, guardian_id, case guardian_kind when 'relative' then 'trusted-person' else 'guardian' end,
            array_agg(student_id order by student_id)
          from identity.open_guardianships where access_is_enabled group by school_id, guardian_id, guardian_kind
        )
        select school_id, person_id, role, 'roster' as origin, identity.roster_grant_id(school_id, person_id, role) as grant_id,
          null::text as order_number, null::date as order_date, '{}'::uuid[] as class_ids, student_ids
        from family`);
    this.addSql(`
      create or replace view identity.person_grants with (security_invoker = true) as
        with of_classes as not materialized (
          select school_id, person_id, role, array_agg(class_id order by grade_level, title) as class_ids
          from identity.homerooms where access_is_enabled group by school_id, person_id, role
        ), roster as (
          select p.school_id, p.person_id, r.role, '{}'::uuid[] as class_ids
          from identity.people p cross join lateral unnest(p.roster_roles) as r (role)
          where p.kind = 'staff' and p.is_active and p.access_is_enabled
          union all
          select school_id, person_id, role, class_ids from of_classes
        )
        select school_id, person_id, role, 'roster' as origin, identity.roster_grant_id(school_id, person_id, role) as grant_id,
          null::text as order_number, null::date as order_date, class_ids, '{}'::uuid[] as student_ids
        from roster
        union all
        select school_id, person_id, role, origin, grant_id, order_number, order_date, class_ids, student_ids
        from identity.family_grants
        union all
        select g.school_id, g.person_id, g.role, 'order', g.id, g.order_number, g.order_date,
          coalesce(o.class_ids, '{}'), '{}'
        from identity.grants g
        join identity.people p on p.school_id = g.school_id and p.person_id = g.person_id and p.kind = 'staff' and p.is_active
          and p.access_is_enabled
        left join of_classes o on o.school_id = g.school_id and o.person_id = g.person_id and o.role = g.role
        where g.revoked_at is null`);
    this.addSql(`
      create or replace function identity.grants_of(school uuid, person uuid) returns setof identity.person_grants
        language plpgsql stable set plan_cache_mode = 'force_generic_plan' as $$
        begin
          if exists (select from identity.people where school_id = school and person_id = person and kind = 'staff') then
            return query select * from identity.person_grants where school_id = school and person_id = person;
          else
            return query select * from identity.family_grants where school_id = school and person_id = person;
          end if;
        end $$`);
  }
}
