import type { Tag } from '@parta/platform-contract';

export const TAG: Tag = {
  name: 'Notifications',
  description: 'Messages to families: choices, contacts, consents and deliveries.',
};
