/** Every role of the regulations (R1–R4). A grant gives one to an account, in a school (or the region) and, for some, over a class. */
export const ROLES = [
  'regional-operator',
  'administrator',
  'director',
  'deputy-head',
  'secretary',
  'teacher',
  'homeroom-teacher',
  'group-curator',
  'student',
  'guardian',
  'trusted-person',
  'nurse',
  'social-pedagogue',
  'psychologist',
  'librarian',
  'parents-committee-member',
  'admission-secretary',
  'additional-education-teacher',
] as const;

export type Role = (typeof ROLES)[number];

/** Roles of people who work at the school; the others are family or region. */
export const STAFF_ROLES: readonly Role[] = [
  'administrator',
  'director',
  'deputy-head',
  'secretary',
  'teacher',
  'homeroom-teacher',
  'group-curator',
  'nurse',
  'social-pedagogue',
  'psychologist',
  'librarian',
  'admission-secretary',
  'additional-education-teacher',
];

/** Roles that see the whole school's journal. */
export const LEADERSHIP_ROLES: readonly Role[] = ['administrator', 'director', 'deputy-head'];
