import { each, LEADERSHIP_ROLES, roles } from '@parta/platform-contract';

const READERS = ['teacher', 'homeroom-teacher', 'group-curator', ...LEADERSHIP_ROLES] as const;

/** Who has a day of lessons. */
export const teachers = roles(each(READERS, 'own lessons'));

/** Who needs to know the school’s kinds of work. */
export const markers = roles(each(READERS, 'own schools'));

/**
 * Who reads journals: teachers the own ones, class teachers the own class’s in all subjects, the leadership the school’s
 * (R26, R27). Whoever teaches reads the own ones in whatever role.
 */
export const readers = roles({
  teacher: 'own groups',
  ...each(['homeroom-teacher', 'group-curator'], ['own classes', 'own groups']),
  ...each(LEADERSHIP_ROLES, 'own schools'),
});

/** Who may be a lesson’s teacher or substitute; nobody writes into another’s lesson (R27). */
export const writers = roles(
  each(['teacher', 'homeroom-teacher', 'group-curator', 'deputy-head', 'administrator'], 'own lessons'),
);

/** Who watches over the journals of a school (R116, R140). */
export const leaders = roles(each(LEADERSHIP_ROLES, 'own schools'));
