import {
  anyone,
  defineCommand,
  each,
  Flag,
  Id,
  Instant,
  ListOf,
  ListOfText,
  OneOf,
  roles,
  Text,
} from '@parta/platform-contract';
import { PersonName } from './me.js';
import { SessionView } from './sessions.js';

const TAG = { name: 'Invitations', description: 'Codes by which people get their accounts.' };

/** An invitation code as a person types it: case and hyphens do not matter (R16). */
export class InvitationCode {
  @Text({ min: 8, max: 40, example: 'K7QM-4T2X-9HRA' })
  code: string;
}

export class InvitationView extends PersonName {
  @Text({ max: 300 })
  schoolName: string;

  @OneOf(['staff', 'student', 'guardian'])
  personKind: 'staff' | 'student' | 'guardian';

  @ListOfText({ max: 20, maxLength: 300, description: 'for a guardian: the children, «Мария, 5А»' })
  children: string[];

  @Text({ max: 100, description: 'a free login the person may keep or change' })
  suggestedLogin: string;

  @Instant()
  expiresAt: string;
}

export const checkInvitation = defineCommand({
  service: 'identity',
  name: 'check-invitation',
  http: { method: 'POST', path: '/api/v1/invitations/check' },
  access: anyone('the holder has no account yet'),
  input: InvitationCode,
  output: InvitationView,
  summary: 'What an invitation code is for',
  errors: {
    'not-found': ['identity.invitation-unknown'],
    gone: ['identity.invitation-used', 'identity.invitation-expired'],
  },
  idempotencyKey: 'ignored',
  tag: TAG,
});

export class AcceptInvitation extends InvitationCode {
  // The example holds for readers of patterns without Unicode too.
  @Text({
    min: 3,
    max: 100,
    pattern: /^[\p{L}\p{N}._@-]+$/u,
    description: 'letters, digits and . _ @ -',
    example: 'L.N',
  })
  login: string;

  @Text({ min: 10, max: 200, isVerbatim: true })
  password: string;

  @Flag({
    optional: true,
    description: 'only join an account that exists: a mistyped login makes no new one',
  })
  joinOnly?: boolean;
}

export const acceptInvitation = defineCommand({
  service: 'identity',
  name: 'accept-invitation',
  http: { method: 'POST', path: '/api/v1/invitations/accept', refreshCookie: 'opens' },
  idempotencyKey: 'ignored',
  access: anyone('the code is the proof'),
  input: AcceptInvitation,
  output: SessionView,
  summary: 'Make the account an invitation is for, and sign in',
  description:
    'Whoever has an account already gives its login and password: it then stands for the invited person too.',
  line: 'own',
  errors: {
    invalid: ['identity.password-too-weak'],
    forbidden: ['identity.account-blocked'],
    'not-found': ['identity.invitation-unknown'],
    conflict: ['identity.account-exists', 'identity.login-taken', 'identity.join-refused'],
    gone: ['identity.invitation-used', 'identity.invitation-expired'],
    'too-many': ['identity.locked-out'],
    unavailable: ['identity.busy'],
  },
  tag: TAG,
});

export class IssueClassInvitations {
  @Id()
  classId: string;

  @ListOfText({
    max: 500,
    format: 'uuid',
    optional: true,
    description: 'only these students or guardians; everybody of the class without an account if left out',
  })
  personIds?: string[];
}

export class IssuedInvitation extends PersonName {
  @Id()
  personId: string;

  @OneOf(['staff', 'student', 'guardian'])
  personKind: 'staff' | 'student' | 'guardian';

  @Text({ max: 300, nullable: true, description: 'for a guardian: whose' })
  studentName: string | null;

  @Text({ max: 40, description: 'shown once: only its hash is kept' })
  code: string;

  @Instant()
  expiresAt: string;
}

export class IssuedInvitations {
  @Text({ max: 300 })
  schoolName: string;

  @Text({ max: 100, nullable: true })
  classTitle: string | null;

  @ListOf(() => IssuedInvitation, { max: 500 })
  invitations: IssuedInvitation[];
}

export const issueClassInvitations = defineCommand({
  service: 'identity',
  name: 'issue-class-invitations',
  http: { method: 'POST', path: '/api/v1/classes/{classId}/invitations', status: 201 },
  idempotencyKey: 'ignored',
  access: roles({
    administrator: 'own schools',
    ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
  }),
  input: IssueClassInvitations,
  output: IssuedInvitations,
  summary: 'Issue invitation codes for a class, to print and hand over (R12, R16)',
  description:
    'Earlier unused codes of the same people stop working. A class teacher may do it for the own class only.',
  errors: { 'not-found': ['identity.class-not-found'] },
  timeoutMs: 15_000,
  tag: TAG,
});

export class IssuePersonInvitation {
  @Id()
  personId: string;

  @Id({
    optional: true,
    description: 'of a person of several schools: for which one; the first without an account if left out',
  })
  schoolId?: string;
}

export const issuePersonInvitation = defineCommand({
  service: 'identity',
  name: 'issue-person-invitation',
  http: { method: 'POST', path: '/api/v1/people/{personId}/invitation', status: 201 },
  idempotencyKey: 'ignored',
  access: roles({ administrator: 'own schools', 'regional-operator': 'region' }),
  input: IssuePersonInvitation,
  output: IssuedInvitations,
  summary: 'Issue an invitation code for one person',
  errors: { 'not-found': ['identity.person-not-found'], conflict: ['identity.account-exists'] },
  tag: TAG,
});
