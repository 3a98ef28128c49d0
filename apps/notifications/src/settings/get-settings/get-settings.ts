import { Controller } from '@nestjs/common';
import {
  getNotificationSettings,
  type NotificationSettings,
  type SchoolContacts,
} from '@parta/contracts-notifications';
import { Database, sql } from '@parta/platform-persistence';
import { Caller, Clock, Handles, type Actor } from '@parta/platform-rpc';
import { GUESSES } from '../../contacts/contact-limits.js';
import { NotificationsSettings } from '../../notifications.settings.js';
import { DEFAULT_HOURS, type Hours } from '../../notices/timing.js';
import { childrenWithChoices, contactView, type ContactRow } from '../settings-rows.js';

interface SchoolRow extends Hours {
  schoolId: string;
  schoolName: string;
  timeZone: string;
  email: ContactRow;
  sms: ContactRow;
}

@Controller()
export class GetSettings {
  constructor(
    private readonly database: Database,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  @Handles(getNotificationSettings)
  async execute(@Caller() actor: Actor): Promise<NotificationSettings> {
    const people = actor
      .grantsOf(['guardian'])
      .filter((grant) => grant.schoolId && grant.personId)
      .map((grant) => ({
        schoolId: grant.schoolId!,
        personId: grant.personId!,
        studentIds: grant.studentIds ?? [],
      }));
    const rows = await this.schools(people);
    return {
      schools: rows.map(({ email, sms, ...school }): SchoolContacts => ({
        ...school,
        email: contactView(this.settings, 'email', school.schoolName, email),
        sms: contactView(this.settings, 'sms', school.schoolName, sms),
      })),
      children: await childrenWithChoices(this.database, people),
    };
  }

  private schools(people: readonly { schoolId: string; personId: string }[]): Promise<SchoolRow[]> {
    const contact = (channel: 'email' | 'sms', proposed: string) => sql`
      (select json_build_object('state', c.state, 'address', c.address, 'proposedAddress', ${sql.trusted(proposed)},
          'openedAt', to_char(c.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'codeAddress', code.address)
        from (select 1) one
          left join contacts c on c.school_id = g.school_id and c.person_id = g.id and c.channel = ${channel}
          left join lateral (select case when cc.attempts < ${GUESSES} then cc.address end as address from contact_codes cc where cc.school_id = g.school_id and cc.person_id = g.id
            and cc.channel = ${channel} and cc.used_at is null and cc.expires_at > ${this.clock.now().toISOString()}
            order by cc.created_at desc limit 1) code on true)`;
    return this.database.rows<SchoolRow>(sql`
      select s.school_id as "schoolId", s.name as "schoolName", s.time_zone as "timeZone",
        coalesce(h.quiet_from, ${DEFAULT_HOURS.quietFrom}) as "quietFrom", coalesce(h.quiet_to, ${DEFAULT_HOURS.quietTo}) as "quietTo",
        coalesce(h.digest_at, ${DEFAULT_HOURS.digestAt}) as "digestAt",
        ${contact('email', 'g.email')} as email, ${contact('sms', 'g.phone')} as sms
      from guardians g join schools s on s.school_id = g.school_id
        left join hours h on h.school_id = g.school_id and h.person_id = g.id
      where (g.school_id, g.id) in (select * from unnest(
        ${people.map((one) => one.schoolId)}::uuid[], ${people.map((one) => one.personId)}::uuid[]))
      order by s.name`);
  }
}
