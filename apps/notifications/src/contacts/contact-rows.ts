import type { Channel, ContactView } from '@parta/contracts-notifications';
import { sql, type Database, type SqlFragment } from '@parta/platform-persistence';
import type { NotificationsSettings } from '../notifications.settings.js';
import { contactView, type ContactRow } from '../settings/settings-rows.js';

/** A guardian's contact as it is now, codes left aside. */
export async function contactNow(
  database: Database,
  settings: NotificationsSettings,
  schoolId: string,
  personId: string,
  channel: Channel,
): Promise<ContactView> {
  const row = await database.row<ContactRow & { schoolName: string }>(sql`
    select s.name as "schoolName", c.state, c.address, null as "codeAddress",
      case when ${channel} = 'email' then g.email else g.phone end as "proposedAddress",
      to_char(c.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "openedAt"
    from guardians g join schools s on s.school_id = g.school_id
      left join contacts c on c.school_id = g.school_id and c.person_id = g.id and c.channel = ${channel}
    where g.school_id = ${schoolId} and g.id = ${personId}`);
  return contactView(settings, channel, row!.schoolName, row!);
}

/** One contact's key as a condition. */
export const contactIs = (schoolId: string, personId: string, channel: Channel): SqlFragment =>
  sql`school_id = ${schoolId} and person_id = ${personId} and channel = ${channel}`;
