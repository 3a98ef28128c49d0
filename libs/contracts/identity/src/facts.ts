import { defineFact, Id, OneOf, ROLES, Flag, type Fact } from '@parta/platform-contract';

/** An account was opened for a person of a school. */
export class AccountOpenedV1 {
  @Id()
  accountId: string;

  @Id()
  personId: string;

  @OneOf(['staff', 'student', 'guardian'])
  personKind: string;
}

export const accountOpened = defineFact({
  service: 'identity',
  aggregate: 'account',
  fact: 'opened',
  data: AccountOpenedV1,
  summary: 'A person of a school has an account',
});

/** A role was given by hand, or taken back. */
export class RoleGrantedV1 {
  @Id()
  grantId: string;

  @Id()
  personId: string;

  @OneOf(ROLES)
  role: string;

  @Flag({ description: 'false when it was taken back' })
  isActive: boolean;
}

export const roleGranted = defineFact({
  service: 'identity',
  aggregate: 'grant',
  fact: 'recorded',
  data: RoleGrantedV1,
  summary: 'A role given by hand as it is now',
});

/** Every fact identity publishes. */
export const identityFacts: readonly Fact[] = [accountOpened, roleGranted];
