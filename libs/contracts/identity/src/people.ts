import {
  CalendarDate,
  defineCommand,
  defineQuery,
  Done,
  each,
  Flag,
  Id,
  Instant,
  ListOf,
  ListOfText,
  Nothing,
  OneOf,
  PageNumber,
  PageSize,
  ROLES,
  roles,
  STAFF_ROLES,
  Text,
  Total,
  Whole,
} from '@parta/platform-contract';
import { PersonName } from './me.js';

const TAG = { name: 'People and accounts', description: 'People of a school, their accounts and roles.' };

/** The office sees the people of its school, a class teacher or curator those of the own class. */
const LISTERS = {
  ...each(['administrator', 'director', 'deputy-head', 'secretary'], 'own schools'),
  ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
};

const PERSON_KINDS = ['staff', 'student', 'guardian'] as const;
const ACCOUNT_STATES = ['none', 'invited', 'active', 'blocked'] as const;

export class ListPeople {
  @Text({ max: 100, optional: true, description: 'part of a name or login' })
  q?: string;

  @OneOf(PERSON_KINDS, { optional: true })
  kind?: string;

  @Id({ optional: true, description: 'students of the class and their guardians' })
  classId?: string;

  @Id({ optional: true, description: 'for the regional operator: the school' })
  schoolId?: string;

  @OneOf(ACCOUNT_STATES, { optional: true })
  account?: string;

  @OneOf(['name', 'class', 'account'], { optional: true })
  sort?: string;

  @PageNumber({ description: 'from 1' })
  page?: number;

  @PageSize({ max: 200, unlessSaid: 50 })
  pageSize?: number;
}

export class PersonGrant {
  @Id()
  grantId: string;

  @OneOf(ROLES)
  role: string;

  @OneOf(['roster', 'order'], { description: 'roster: follows the roster; order: given by hand (R7, R10)' })
  origin: 'roster' | 'order';

  @Text({ max: 100, nullable: true })
  orderNumber: string | null;

  @CalendarDate({ nullable: true })
  orderDate: string | null;
}

export class PersonRow extends PersonName {
  @Id()
  personId: string;

  @Id()
  schoolId: string;

  @OneOf(PERSON_KINDS)
  kind: string;

  @ListOfText({
    max: 20,
    maxLength: 100,
    description: 'a student’s class; classes of a guardian’s children; own classes of a class teacher',
  })
  classTitles: string[];

  @ListOfText({ max: 20, maxLength: 300, description: 'children of a guardian, guardians of a student' })
  relatives: string[];

  @ListOf(() => PersonGrant, { max: 30 })
  grants: PersonGrant[];

  @OneOf(ACCOUNT_STATES)
  accountState: string;

  @Id({ nullable: true })
  accountId: string | null;

  @Text({ max: 100, nullable: true })
  login: string | null;

  @Instant({ nullable: true })
  lastSignInAt: string | null;
}

export class PeoplePage {
  @ListOf(() => PersonRow, { max: 200 })
  people: PersonRow[];

  @Total()
  total: number;
}

export const listPeople = defineQuery({
  service: 'identity',
  name: 'list-people',
  http: { method: 'GET', path: '/api/v1/people' },
  access: roles({ ...LISTERS, 'regional-operator': 'region' }),
  input: ListPeople,
  output: PeoplePage,
  summary: 'People of the school with their accounts and roles',
  description: 'A class teacher sees the own class only. The regional operator has to name the school.',
  tag: TAG,
});

export class AccountCount {
  @OneOf(PERSON_KINDS)
  kind: (typeof PERSON_KINDS)[number];

  @Whole({ min: 0, max: 10_000_000, description: 'neither an account nor an invitation' })
  none: number;

  @Whole({ min: 0, max: 10_000_000, description: 'an invitation that was not used yet' })
  invited: number;
}

export class AccountCounts {
  @ListOf(() => AccountCount, { max: 3 })
  counts: AccountCount[];
}

export const countAccounts = defineQuery({
  service: 'identity',
  name: 'count-accounts',
  http: { method: 'GET', path: '/api/v1/people/account-counts' },
  access: roles(LISTERS),
  input: Nothing,
  output: AccountCounts,
  summary: 'How many people cannot sign in yet, of those list-people shows',
  tag: TAG,
});

export class CreateAccount {
  @Id()
  personId: string;

  @Text({
    min: 3,
    max: 100,
    pattern: /^[\p{L}\p{N}._@-]+$/u,
    optional: true,
    description: 'made from the name if left out',
    example: 'L.N',
  })
  login?: string;

  @Id({
    optional: true,
    description:
      'of a person of several schools: for this one; for all that the caller answers for if left out',
  })
  schoolId?: string;
}

export class AccountCredentials {
  @Id()
  accountId: string;

  @Text({ max: 100 })
  login: string;

  @Text({ max: 100, description: 'shown once; has to be changed at the first sign-in (R20)' })
  initialPassword: string;
}

export const createAccount = defineCommand({
  service: 'identity',
  name: 'create-account',
  http: { method: 'POST', path: '/api/v1/people/{personId}/account', status: 201 },
  idempotencyKey: 'ignored',
  access: roles({ administrator: 'own schools', 'regional-operator': 'region' }),
  input: CreateAccount,
  output: AccountCredentials,
  summary: 'Make an account with an initial password (R11, R20)',
  line: 'own',
  errors: {
    'not-found': ['identity.person-not-found'],
    conflict: ['identity.account-exists', 'identity.login-taken'],
    unavailable: ['identity.busy'],
  },
  tag: TAG,
});

export class AccountId {
  @Id()
  accountId: string;
}

export const resetPassword = defineCommand({
  service: 'identity',
  name: 'reset-password',
  http: { method: 'POST', path: '/api/v1/accounts/{accountId}/password-reset' },
  idempotencyKey: 'ignored',
  access: roles({ administrator: 'own schools', 'regional-operator': 'region' }),
  input: AccountId,
  output: AccountCredentials,
  summary: 'Give a new initial password; all sessions of the account end (R31)',
  description:
    'Not the own account: that is change-password. An account that is of other schools too is the regional operator’s to reset.',
  line: 'own',
  errors: {
    forbidden: ['identity.own-account', 'identity.account-of-other-schools'],
    'not-found': ['identity.account-not-found'],
    unavailable: ['identity.busy'],
  },
  tag: TAG,
});

export class SetAccountBlocked extends AccountId {
  @Flag()
  isBlocked: boolean;

  @Text({ max: 500, description: 'why, for the record' })
  reason: string;
}

export const setAccountBlocked = defineCommand({
  service: 'identity',
  name: 'set-account-blocked',
  http: { method: 'PUT', path: '/api/v1/accounts/{accountId}/blocked' },
  idempotencyKey: 'ignored',
  access: roles({ administrator: 'own schools', 'regional-operator': 'region' }),
  input: SetAccountBlocked,
  output: Done,
  summary: 'Block an account or lift the block; blocking ends its sessions',
  description: 'An account that is of other schools too is the regional operator’s to block.',
  errors: {
    forbidden: ['identity.own-account', 'identity.account-of-other-schools'],
    'not-found': ['identity.account-not-found'],
  },
  tag: TAG,
});

export class GrantRole {
  @Id()
  personId: string;

  @OneOf(STAFF_ROLES)
  role: string;

  @Text({ max: 100, nullable: true, optional: true, description: 'number of the order of appointment (R10)' })
  orderNumber?: string | null;

  @CalendarDate({ nullable: true, optional: true })
  orderDate?: string | null;

  @Id({ optional: true, description: 'of a person of several schools: in which one; has to be said' })
  schoolId?: string;
}

export const grantRole = defineCommand({
  service: 'identity',
  name: 'grant-role',
  http: { method: 'POST', path: '/api/v1/people/{personId}/grants', status: 201 },
  idempotencyKey: 'ignored',
  access: roles({ ...each(['administrator', 'director'], 'own schools'), 'regional-operator': 'region' }),
  input: GrantRole,
  output: PersonGrant,
  summary: 'Give a role to a member of staff (R7–R10)',
  errors: {
    'not-found': ['identity.person-not-found'],
    conflict: ['identity.grant-exists', 'identity.not-staff'],
  },
  tag: TAG,
});

export class RevokeRole {
  @Id()
  personId: string;

  @Id()
  grantId: string;
}

export const revokeRole = defineCommand({
  service: 'identity',
  name: 'revoke-role',
  http: { method: 'DELETE', path: '/api/v1/people/{personId}/grants/{grantId}' },
  idempotencyKey: 'ignored',
  access: roles({ ...each(['administrator', 'director'], 'own schools'), 'regional-operator': 'region' }),
  input: RevokeRole,
  output: Done,
  summary: 'Take back a role given by hand',
  errors: {
    forbidden: ['identity.own-account'],
    'not-found': ['identity.person-not-found', 'identity.grant-not-found'],
    conflict: ['identity.grant-follows-roster'],
  },
  tag: TAG,
});
