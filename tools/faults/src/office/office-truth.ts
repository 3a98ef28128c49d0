import type { Platform } from '../platform.js';
import type { Office } from './office.js';
import { DEPUTY, familyNameOf, givenNameOf, middleNameOf, PUPILS } from './office-school.js';

/** Who keeps a copy of the pupils, and what their names are there. */
const PUPILS_IN = {
  contingent: `select given_name as name from contingent.people where school_id = $1 and family_name = $2`,
  identity: `select given_name as name from identity.people where school_id = $1 and family_name = $2`,
  journal: `select given_name as name from journal.students where school_id = $1 and family_name = $2`,
  diary: `select split_part(name, ' ', 2) as name from diary.students where school_id = $1 and split_part(name, ' ', 1) = $2`,
  notifications: `select given_name as name from notifications.students where school_id = $1 and family_name = $2`,
  reporting: `select given_name as name from reporting.students where school_id = $1 and family_name = $2`,
};

/** Who keeps a copy of the staff's names. */
const STAFF_IN = { curriculum: 'curriculum.teachers', journal: 'journal.staff', diary: 'diary.staff' };

/** Who keeps a copy of the days off; curriculum has them in a table. */
const DAYS_IN = {
  curriculum: `select to_char(date, 'YYYY-MM-DD') || ' ' || title as line from curriculum.days_off
    where school_id = $1 and kind = 'day-off'`,
  diary: `select (d->>'date') || ' ' || (d->>'title') as line
    from diary.school_years, jsonb_array_elements(days_off) as d where school_id = $1 and d->>'kind' = 'day-off'`,
};

const PRODUCERS = ['identity', 'contingent', 'curriculum', 'journal'] as const;

/**
 * What is not as the office was told: names in each copy, days off, roles, and facts that nobody has published. Null when all is.
 * @param except services that are stopped on purpose
 */
export async function officeMissing(
  platform: Platform,
  { ledger, school }: Office,
  except: readonly string[] = [],
): Promise<string | null> {
  const { schoolId, deputyId } = school;
  for (const [service, query] of Object.entries(PUPILS_IN)) {
    if (except.includes(service)) continue;
    for (let pupil = 0; pupil < PUPILS; pupil += 1) {
      const rows = await platform.rows<{ name: string }>(query, [schoolId, familyNameOf(pupil)]);
      const expected = givenNameOf(pupil, ledger.turn);
      if (rows.length !== 1 || rows[0]!.name !== expected)
        return `${familyNameOf(pupil)} is ${rows.map(({ name }) => name).join(' and ') || 'nobody'} in ${service} instead of ${expected}`;
    }
  }
  const deputy = `${DEPUTY.familyName} ${DEPUTY.givenName} ${middleNameOf(ledger.turn)}`;
  for (const [service, table] of Object.entries(STAFF_IN)) {
    const [row] = await platform.rows<{ name: string }>(
      `select name from ${table} where school_id = $1 and id = $2`,
      [schoolId, deputyId],
    );
    if (row?.name !== deputy) return `the deputy is ${row?.name} in ${service} instead of ${deputy}`;
  }
  const daysOff = [...ledger.daysOff].map((entry) => entry.join(' ')).sort();
  for (const [service, query] of Object.entries(DAYS_IN)) {
    const lines = (await platform.rows<{ line: string }>(query, [schoolId])).map(({ line }) => line).sort();
    if (lines.join() !== daysOff.join())
      return `days off in ${service}: ${lines.join(', ')} instead of ${daysOff.join(', ')}`;
  }
  const roles = await platform.rows<{ role: string }>(
    'select role from identity.grants where school_id = $1 and person_id = $2 and revoked_at is null order by role',
    [schoolId, deputyId],
  );
  const given = [...ledger.roles].sort().join();
  if (roles.map(({ role }) => role).join() !== given)
    return `roles: ${roles.map(({ role }) => role).join()} instead of ${given}`;
  return unpublished(platform);
}

/** A fact that stays in an outbox is one that nobody will ever hear. */
async function unpublished(platform: Platform): Promise<string | null> {
  for (const service of PRODUCERS) {
    const waiting = await platform.count(`${service}.outbox`, 'published_at is null');
    if (waiting > 0) return `${waiting} facts of ${service} wait to be published`;
  }
  return null;
}
