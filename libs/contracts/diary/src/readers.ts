import { roles } from '@parta/platform-contract';

export const TAG = 'Diary';

/** Who reads diaries (R24, R161): the family the own children’s, the class teacher the own class’s, the leadership the school’s. */
export const readers = roles(
  'guardian',
  'student',
  'homeroom-teacher',
  'group-curator',
  'deputy-head',
  'director',
  'administrator',
);
