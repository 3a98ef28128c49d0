import { rolesOf, type Access, type FactActor, type Role } from '@parta/platform-contract';
import { Forbidden, Unauthenticated } from '@parta/platform-errors';

/** One role of a person: in a school (null for the region as a whole), and over which classes or children. */
export interface Grant {
  role: Role;
  schoolId: string | null;
  personId: string | null;
  /** class teacher's and curator's own classes */
  classIds?: string[];
  /** a guardian's children; a student's own id */
  studentIds?: string[];
}

/** Who is calling, as the signed token says. A service trusts nothing else. */
export class Actor {
  constructor(
    readonly kind: 'account' | 'client',
    /** account id, or client id of a regional system */
    readonly id: string,
    readonly name: string,
    readonly sessionId: string | null,
    readonly grants: readonly Grant[],
    readonly scopes: readonly string[],
    readonly mustChangePassword = false,
    /** when the token was signed, in seconds since 1970; null for an actor that has none yet */
    readonly issuedAt: number | null = null,
  ) {}

  /** Whether the actor holds one of the roles, in that school if one is given. */
  has(roles: readonly Role[], schoolId?: string | null): boolean {
    return this.grants.some(
      (grant) => roles.includes(grant.role) && (schoolId === undefined || grant.schoolId === schoolId),
    );
  }

  /** The grants with one of the roles. */
  grantsOf(roles: readonly Role[]): Grant[] {
    return this.grants.filter((grant) => roles.includes(grant.role));
  }

  /** The schools where the actor holds one of the roles (any role if none is given). */
  schools(roles?: readonly Role[]): string[] {
    return [
      ...new Set(
        this.grants.filter((g) => !roles || roles.includes(g.role)).flatMap((g) => g.schoolId ?? []),
      ),
    ];
  }

  /** The actor's person record in a school, if any. */
  personIn(schoolId: string): string | null {
    return this.grants.find((grant) => grant.schoolId === schoolId && grant.personId)?.personId ?? null;
  }

  /** @throws Forbidden unless the actor holds one of the roles in the school */
  mustHave(roles: readonly Role[], schoolId: string | null): void {
    if (!this.has(roles, schoolId)) throw new Forbidden();
  }

  /** How the actor is kept with facts and changes. */
  asFactActor(schoolId: string | null, role?: Role): FactActor {
    const grant = this.grants.find((g) => g.schoolId === schoolId && (!role || g.role === role));
    return {
      accountId: this.kind === 'account' ? this.id : null,
      personId: grant?.personId ?? null,
      role: this.kind === 'client' ? 'regional-system' : (role ?? grant?.role ?? null),
      name: this.name,
    };
  }
}

/**
 * The check at the door, the same in the gateway and in the service.
 * @throws Unauthenticated without a valid token; Forbidden when the role or scope is missing, or a first password is not changed yet
 */
export function assertAccess(access: Access, actor: Actor | null, changesPassword = false): void {
  if (access.kind === 'anyone') return;
  if (!actor) throw new Unauthenticated();
  if (actor.mustChangePassword && !changesPassword) {
    throw new Forbidden('access.password-change-required', 'the first password has to be changed');
  }
  switch (access.kind) {
    case 'signed-in':
      if (actor.kind !== 'account') throw new Forbidden();
      return;
    case 'roles':
      if (actor.kind !== 'account' || !actor.has(rolesOf(access))) throw new Forbidden();
      return;
    case 'client':
      if (actor.kind === 'client' ? !actor.scopes.includes(access.scope) : !actor.has(rolesOf(access)))
        throw new Forbidden();
  }
}
