import { each, LEADERSHIP_ROLES, roles } from '@parta/platform-contract';

export const TAG = {
  name: 'Diary',
  description: 'What a family sees: days, lessons, homework and marks of a pupil.',
};

/** Who reads diaries (R24, R161): the family the own children’s, the class teacher the own class’s, the leadership the school’s. */
export const readers = roles({
  guardian: 'own children',
  student: 'self',
  ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
  ...each(LEADERSHIP_ROLES, 'own schools'),
});
