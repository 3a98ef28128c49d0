import { ROLES, type Role } from './roles.js';

/** How far a right reaches, in the words of the regulations (R7–R10, R24–R28). */
export const REACHES = {
  region: 'every school of the region',
  'own schools': 'the schools where one holds the role',
  'own classes': 'the classes one leads as class teacher or curator',
  'classes taught': 'the classes one teaches a group of',
  'own groups': 'the study groups one teaches, or gives a lesson of',
  'own lessons': 'the lessons one gives, as a substitute too',
  'own children': 'one’s children',
  self: 'what is one’s own: account, sessions, settings, what one has ordered or sent in',
} as const;

export type Reach = keyof typeof REACHES;

/** One reach, or several that add up. */
export type Reaches = Reach | readonly [Reach, Reach, ...Reach[]];

/** How far the right of each role reaches; a role that is not named has none. */
export type Rights = Readonly<Partial<Record<Role, Reaches>>>;

/**
 * Who may do it, and to whose records. The door asks for the role; the owning service's use case decides about the single
 * record, and the authorisation test holds it to what is written here.
 */
export type Access =
  | { kind: 'anyone'; why: string }
  | { kind: 'signed-in'; reach: Reaches; rights: Rights }
  | { kind: 'roles'; rights: Rights }
  | { kind: 'client'; scope: string; reach: Reaches; rights: Rights };

/** Without signing in, because of `why`. */
export const anyone = (why: string): Access => ({ kind: 'anyone', why });

/** Every account, this far; roles that reach further are named. */
export const signedIn = (reach: Reaches, rights: Rights = {}): Access => ({
  kind: 'signed-in',
  reach,
  rights,
});

/** Who holds one of these roles, each this far. */
export const roles = (rights: Rights): Access => ({ kind: 'roles', rights: named(rights) });

/** A regional system with this OAuth scope, this far, or a person with one of the roles. */
export const client = (scope: string, reach: Reaches, rights: Rights): Access => ({
  kind: 'client',
  scope,
  reach,
  rights,
});

/** The same reach for each of several roles. */
export const each = (list: readonly Role[], reach: Reaches): Rights =>
  Object.fromEntries(list.map((role) => [role, reach]));

/** The roles that open the door, in the order of `ROLES`; those of `anyone` and `signed-in` need none. */
export const rolesOf = (access: Access): readonly Role[] =>
  access.kind === 'roles' || access.kind === 'client' ? ROLES.filter((role) => role in access.rights) : [];

/** How far the right of a role reaches; empty when it has none. `anyone` knows no reach. */
export function reachOf(access: Access, role: Role): readonly Reach[] {
  if (access.kind === 'anyone') return [];
  const reach = access.rights[role] ?? (access.kind === 'signed-in' ? access.reach : undefined);
  return reach === undefined ? [] : typeof reach === 'string' ? [reach] : reach;
}

/** Who may do what, one line for each: «own children: guardian». */
export function sayAccess(access: Access): { who: string; reach: string }[] {
  if (access.kind === 'anyone') return [{ who: 'anyone', reach: access.why }];
  const text = (reach: Reaches): string => (typeof reach === 'string' ? reach : reach.join(', '));
  const byReach = Map.groupBy(
    ROLES.filter((role) => role in access.rights),
    (role) => text(access.rights[role]!),
  );
  return [
    ...(access.kind === 'client'
      ? [{ who: `a regional system with the scope ${access.scope}`, reach: text(access.reach) }]
      : []),
    ...[...byReach].map(([reach, list]) => ({ who: list.join(', '), reach })),
    ...(access.kind === 'signed-in'
      ? [
          {
            who: byReach.size > 0 ? 'everybody else who is signed in' : 'everybody who is signed in',
            reach: text(access.reach),
          },
        ]
      : []),
  ];
}

function named(rights: Rights): Rights {
  if (Object.keys(rights).length === 0) throw new Error('nobody may do it: name a role');
  return rights;
}
