import { roles } from '@parta/platform-contract';

/** Who reads journals: teachers the own ones, class teachers the own class’s, the leadership the school’s (R26, R27). */
export const readers = roles(
  'teacher',
  'homeroom-teacher',
  'group-curator',
  'deputy-head',
  'director',
  'administrator',
);

/** Who may be a lesson’s teacher or substitute; the use case looks whether it is this lesson. */
export const writers = roles('teacher', 'homeroom-teacher', 'group-curator', 'deputy-head', 'administrator');

/** Who watches over the journals of a school (R116, R140). */
export const leaders = roles('deputy-head', 'director', 'administrator');
