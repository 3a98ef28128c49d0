import type { Tag } from '@parta/platform-contract';

export const TAG: Tag = {
  name: 'Journal',
  description: 'Lessons, marks, attendance and homework of study groups.',
};
