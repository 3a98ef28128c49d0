import { each, LEADERSHIP_ROLES, roles } from '@parta/platform-contract';

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
