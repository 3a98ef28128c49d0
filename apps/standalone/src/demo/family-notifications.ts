import type { Api } from './api.js';
import { until } from './until.js';

interface Contact {
  state: string;
  proposedAddress: string | null;
  consentVersion: string;
}
interface Settings {
  schools: { schoolId: string; email: Contact; sms: Contact }[];
  children: { studentId: string; version: number }[];
}

const CHOICES = [
  { kind: 'mark', email: 'immediate', sms: 'immediate' },
  { kind: 'low-mark', email: 'immediate', sms: 'immediate' },
  { kind: 'absence', email: 'immediate', sms: 'immediate' },
  { kind: 'homework', email: 'evening', sms: 'off' },
];

/**
 * Lets the demo's guardian hear of the children: consents as a person would, by the codes that arrive, and chooses. A
 * trial is looked at at any hour, so this guardian has no quiet hours.
 */
export async function subscribeFamily(guardian: Api, inboxUrl: string): Promise<void> {
  const settings = (): Promise<Settings> => guardian.get<Settings>('/api/v1/notifications/settings');
  const known = await until('the guardian to be known to notifications', async () => {
    const found = await settings();
    return found.children.length > 0 ? found : null;
  });
  for (const school of known.schools) {
    for (const channel of ['email', 'sms'] as const) {
      const { state, proposedAddress, consentVersion } = school[channel];
      if (state === 'open' || state === 'unavailable' || !proposedAddress) continue;
      await guardian.post('/api/v1/notifications/contacts', {
        schoolId: school.schoolId,
        channel,
        address: proposedAddress,
      });
      const code = await until(`the code by ${channel}`, () => codeAt(inboxUrl, channel, proposedAddress));
      await guardian.post('/api/v1/notifications/contacts/confirm', {
        schoolId: school.schoolId,
        channel,
        code,
        consentVersion,
      });
    }
    await guardian.put(`/api/v1/notifications/settings/schools/${school.schoolId}/hours`, {
      quietFrom: '00:00',
      quietTo: '00:00',
      digestAt: '19:00',
    });
  }
  const { schools, children } = await settings();
  // Not every guardian of a roster has an address of both kinds.
  const has = (channel: 'email' | 'sms') => schools.every((school) => school[channel].state === 'open');
  const choices = CHOICES.map(({ kind, email, sms }) => ({
    kind,
    email: has('email') ? email : 'off',
    sms: has('sms') ? sms : 'off',
  }));
  for (const child of children) {
    if (child.version > 0) continue;
    await guardian.put(`/api/v1/notifications/settings/children/${child.studentId}`, {
      version: child.version,
      choices,
    });
  }
}

async function codeAt(inboxUrl: string, channel: string, address: string): Promise<string | null> {
  const to = channel === 'sms' ? address.replace('+', '') : address;
  const response = await fetch(`${inboxUrl}/received?to=${encodeURIComponent(to)}`);
  const [newest] = (await response.json()) as { text: string }[];
  return /\b(\d{6})\b/.exec(newest?.text ?? '')?.[1] ?? null;
}
