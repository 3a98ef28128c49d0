import {
  defineCommand,
  defineQuery,
  Done,
  Flag,
  Id,
  Instant,
  ListOf,
  ListOfText,
  Nested,
  Nothing,
  OneOf,
  ROLES,
  signedIn,
  Text,
} from '@parta/platform-contract';
import { SessionView } from './sessions.js';

const TAG = { name: 'Me', description: 'The own account: password and sessions.' };

export class PersonName {
  @Text({ max: 100 })
  familyName: string;

  @Text({ max: 100 })
  givenName: string;

  @Text({ max: 100, nullable: true, description: 'patronymic' })
  middleName: string | null;
}

export class MySchool {
  @Id()
  schoolId: string;

  @Text({ max: 300 })
  name: string;

  @OneOf(['school', 'college'])
  kind: 'school' | 'college';

  @Text({ max: 60, description: 'IANA time zone' })
  timeZone: string;
}

export class MyGrant {
  @OneOf(ROLES)
  role: string;

  @Id({ nullable: true, description: 'null for the region as a whole' })
  schoolId: string | null;

  @Id({ nullable: true })
  personId: string | null;

  @ListOfText({ max: 50, format: 'uuid', description: 'classes the grant is about (class teacher, curator)' })
  classIds: string[];

  @ListOfText({ max: 50, maxLength: 100, description: 'titles of those classes, in the same order' })
  classTitles: string[];
}

export class MyChild extends PersonName {
  @Id()
  studentId: string;

  @Id()
  schoolId: string;

  @Text({ max: 100, nullable: true, example: '5А' })
  classTitle: string | null;
}

export class MeView {
  @Id()
  accountId: string;

  @Text({ max: 100 })
  login: string;

  @Nested(() => PersonName)
  person: PersonName;

  @Flag()
  mustChangePassword: boolean;

  @ListOf(() => MyGrant, { max: 200 })
  grants: MyGrant[];

  @ListOf(() => MySchool, { max: 100 })
  schools: MySchool[];

  @ListOf(() => MyChild, { max: 50, description: 'a guardian’s children; a student finds itself here' })
  children: MyChild[];
}

export const getMe = defineQuery({
  service: 'identity',
  name: 'get-me',
  http: { method: 'GET', path: '/api/v1/me' },
  access: signedIn('self'),
  input: Nothing,
  output: MeView,
  summary: 'Who am I: person, roles, schools, children',
  tag: TAG,
});

export class SessionRow {
  @Id()
  sessionId: string;

  @Instant()
  startedAt: string;

  @Instant()
  lastUsedAt: string;

  @Text({ max: 100, nullable: true })
  address: string | null;

  @Text({ max: 400, nullable: true })
  userAgent: string | null;

  @Flag({ description: 'the session that asks' })
  isCurrent: boolean;
}

export class SessionList {
  @ListOf(() => SessionRow, { max: 200 })
  sessions: SessionRow[];
}

export const listSessions = defineQuery({
  service: 'identity',
  name: 'list-sessions',
  http: { method: 'GET', path: '/api/v1/me/sessions' },
  access: signedIn('self'),
  input: Nothing,
  output: SessionList,
  summary: 'My open sessions',
  tag: TAG,
});

export class EndOtherSession {
  @Id()
  sessionId: string;
}

export const endOtherSession = defineCommand({
  service: 'identity',
  name: 'end-other-session',
  http: { method: 'DELETE', path: '/api/v1/me/sessions/{sessionId}' },
  access: signedIn('self'),
  input: EndOtherSession,
  output: Done,
  summary: 'Sign out one of my sessions',
  errors: { 'not-found': ['identity.session-not-found'] },
  tag: TAG,
});

export class ChangePassword {
  @Text({ max: 200, isVerbatim: true })
  currentPassword: string;

  @Text({
    min: 10,
    max: 200,
    isVerbatim: true,
    description: 'at least 10 characters, not the login and not a common password',
  })
  newPassword: string;
}

export const changePassword = defineCommand({
  service: 'identity',
  name: 'change-password',
  http: { method: 'POST', path: '/api/v1/me/password', refreshCookie: 'opens' },
  idempotencyKey: 'ignored',
  access: signedIn('self'),
  input: ChangePassword,
  output: SessionView,
  summary: 'Change my password',
  description: 'All other sessions end; the answer is a new session of this client.',
  line: 'own',
  errors: {
    invalid: ['identity.password-too-weak'],
    unauthenticated: ['identity.wrong-credentials'],
    'too-many': ['identity.locked-out'],
    unavailable: ['identity.busy'],
  },
  tag: TAG,
});
