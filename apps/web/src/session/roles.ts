import type { Me, MyGrant, MySchool, Role } from '../api/types';

export const FAMILY_ROLES: readonly Role[] = [
  'student',
  'guardian',
  'trusted-person',
  'parents-committee-member',
];

/** Roles that an order can give, in the order of a staffing table. */
export const STAFF_ROLES = [
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
] as const satisfies readonly Role[];

const OFFICE: readonly Role[] = ['administrator', 'director', 'deputy-head', 'secretary'];
const CLASS_TEACHERS: readonly Role[] = ['homeroom-teacher', 'group-curator'];
const LEADERSHIP: readonly Role[] = ['administrator', 'director', 'deputy-head'];
const REGION: readonly Role[] = ['regional-operator'];

/** Who is shown what. The services decide again by themselves; here a button that would be refused is left out. */
export const MAY = {
  listPeople: [...OFFICE, ...CLASS_TEACHERS, ...REGION],
  manageAccounts: ['administrator', ...REGION],
  giveRoles: ['administrator', 'director', ...REGION],
  listClasses: STAFF_ROLES,
  inviteAnyClass: ['administrator'],
  inviteOwnClass: CLASS_TEACHERS,
  seeWholeSchool: OFFICE,
  exchange: REGION,
  operate: ['administrator', ...REGION],
  teach: ['teacher', ...CLASS_TEACHERS],
  readJournals: ['teacher', ...CLASS_TEACHERS, ...LEADERSHIP],
  orderReports: ['teacher', ...CLASS_TEACHERS, ...OFFICE],
  oversee: LEADERSHIP,
  followDeliveries: [...CLASS_TEACHERS, ...LEADERSHIP],
  seeConsents: ['administrator', 'director'],
  notify: ['guardian'],
  followAbsences: [...CLASS_TEACHERS, ...LEADERSHIP, 'social-pedagogue'],
} satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof MAY;

/** One working place of a person: the region, a school's staff room, or the family. */
export interface Workspace {
  id: string;
  kind: 'region' | 'staff' | 'family';
  school: MySchool | null;
  roles: Role[];
  grants: MyGrant[];
}

/**
 * Roles of one school make one workspace: a class teacher who also teaches and is deputy head needs all of it at hand.
 * Another school, the region and the family are other places, chosen in the account menu.
 */
export function workspacesOf(me: Me): Workspace[] {
  const byId = new Map<string, Workspace>();
  for (const grant of me.grants) {
    const kind =
      grant.role === 'regional-operator' ? 'region' : FAMILY_ROLES.includes(grant.role) ? 'family' : 'staff';
    const id = kind === 'staff' ? `staff:${grant.schoolId}` : kind;
    const school = kind === 'staff' ? me.schools.find((s) => s.schoolId === grant.schoolId) : undefined;
    const known = byId.get(id) ?? { id, kind, school: school ?? null, roles: [], grants: [] };
    if (!known.roles.includes(grant.role)) known.roles.push(grant.role);
    known.grants.push(grant);
    byId.set(id, known);
  }
  const order = { region: 0, staff: 1, family: 2 };
  const rank = (role: Role) => (STAFF_ROLES as readonly Role[]).indexOf(role);
  for (const workspace of byId.values()) workspace.roles.sort((a, b) => rank(a) - rank(b));
  return [...byId.values()].sort(
    (a, b) =>
      order[a.kind] - order[b.kind] ||
      // The school where more of the work is comes first.
      b.grants.length - a.grants.length ||
      (a.school?.name ?? '').localeCompare(b.school?.name ?? '', 'ru'),
  );
}

export const may = (workspace: Workspace, right: Right): boolean =>
  workspace.roles.some((role) => (MAY[right] as readonly Role[]).includes(role));

/** Own classes of a class teacher or curator. */
export function ownClasses(workspace: Workspace): { classId: string; title: string }[] {
  const own = new Map<string, string>();
  for (const grant of workspace.grants) {
    if (!CLASS_TEACHERS.includes(grant.role)) continue;
    grant.classIds.forEach((classId, at) => own.set(classId, grant.classTitles[at] ?? ''));
  }
  return [...own].map(([classId, title]) => ({ classId, title }));
}

export const mayInvite = (workspace: Workspace, classId: string): boolean =>
  may(workspace, 'inviteAnyClass') ||
  (may(workspace, 'inviteOwnClass') && ownClasses(workspace).some((own) => own.classId === classId));
