import {
  NOTICE_KINDS,
  type ChildChoices,
  type ContactView,
  type KindChoice,
} from '@parta/contracts-notifications';
import { sql, type Database } from '@parta/platform-persistence';
import { CONSENT_VERSION, consentText } from '../contacts/consent-texts.js';
import type { NotificationsSettings } from '../notifications.settings.js';

interface ChoiceRow {
  kind: string;
  channel: 'email' | 'sms';
  delivery: KindChoice['email'];
}

/** A guardian's choices for children, by class and name; of one child when it is named. */
export async function childrenWithChoices(
  database: Database,
  people: readonly { schoolId: string; personId: string; studentIds: readonly string[] }[],
): Promise<ChildChoices[]> {
  const rows = await database.rows<Omit<ChildChoices, 'choices'> & { chosen: ChoiceRow[] }>(sql`
    select gc.school_id as "schoolId", st.id as "studentId", st.family_name as "familyName", st.given_name as "givenName",
      c.title as "classTitle", coalesce(v.version, 0) as version,
      (select coalesce(json_agg(json_build_object('kind', ch.kind, 'channel', ch.channel, 'delivery', ch.delivery)), '[]')
        from choices ch where ch.school_id = gc.school_id and ch.student_id = gc.student_id and ch.person_id = gc.guardian_id) as chosen
    from guardian_children gc
      join students st on st.school_id = gc.school_id and st.id = gc.student_id
      left join classes c on c.school_id = st.school_id and c.id = st.class_id
      left join choice_versions v on v.school_id = gc.school_id and v.student_id = gc.student_id and v.person_id = gc.guardian_id
    where (gc.school_id, gc.guardian_id) in (select * from unnest(
        ${people.map((one) => one.schoolId)}::uuid[], ${people.map((one) => one.personId)}::uuid[]))
      and gc.student_id = any (${people.flatMap((one) => one.studentIds)}::uuid[])
    order by st.given_name, st.id`);
  return rows.map(({ chosen, ...child }) => ({
    ...child,
    choices: NOTICE_KINDS.map((kind) => ({ kind, email: 'off', sms: 'off', ...chosenFor(chosen, kind) })),
  }));
}

const chosenFor = (chosen: readonly ChoiceRow[], kind: string): Partial<KindChoice> =>
  Object.fromEntries(chosen.filter((one) => one.kind === kind).map((one) => [one.channel, one.delivery]));

/** A contact as it is kept, beside what the school has. */
export interface ContactRow {
  state: string | null;
  address: string | null;
  openedAt: string | null;
  /** of a code that can still be confirmed */
  codeAddress: string | null;
  proposedAddress: string | null;
}

/** How a guardian's contact is shown. */
export function contactView(
  settings: NotificationsSettings,
  channel: 'email' | 'sms',
  schoolName: string,
  row: ContactRow,
): ContactView {
  const kept = row.state === 'revoked' ? 'closed' : (row.state ?? 'none');
  const isAwaiting = row.codeAddress !== null && kept !== 'open';
  return {
    state: !settings.has(channel) ? 'unavailable' : isAwaiting ? 'awaiting-code' : kept,
    address: isAwaiting ? row.codeAddress : row.address,
    proposedAddress: row.proposedAddress,
    pendingAddress: row.codeAddress,
    openedAt: kept === 'open' ? row.openedAt : null,
    consentVersion: CONSENT_VERSION,
    consentText: consentText(channel, schoolName),
  };
}
