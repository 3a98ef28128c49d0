import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { idOf } from '../district.js';
import { guardianOf } from '../lay-families.js';
import { OPERATOR } from '../platform.js';
import { putBy, type Put, type Row } from '../put.js';
import { passwordHashOf } from '../sign-in.js';
import { REGION, teacherIn, type Region } from './region.js';

const DAY_MS = 86_400_000;

/** Somebody's account, and the session of a browser. */
export interface Account {
  login: string;
  password: string;
  /** the cookie: each refresh replaces it */
  refreshToken: string;
}

export interface TeacherAccount extends Account {
  /** of the day: 0 is the one that begins at half past eight */
  firstLesson: number;
}

export interface Accounts {
  /** by person */
  teachers: ReadonlyMap<string, TeacherAccount>;
  /** of the guardian, by pupil */
  families: ReadonlyMap<string, Account>;
}

interface Holder {
  schoolId: string;
  personId: string;
  kind: 'staff' | 'guardian';
  account: Account;
  sessionId: string;
  tokenHash: string;
}

/** Every teacher and a guardian of every pupil, each with an account and a session begun yesterday and used just now, as identity keeps them. */
export async function layAccounts(adminUrl: string, region: Region): Promise<Accounts> {
  const firstLessons = firstLessonsOf(region);
  const teachers = region.schools.flatMap((schoolId) =>
    Array.from({ length: REGION.teachersPerSchool }, (_, at) =>
      holderOf(schoolId, teacherIn(schoolId, at), 'staff'),
    ),
  );
  const guardians = new Map(
    region.classes.flatMap(({ schoolId, pupils }) =>
      pupils.map((id) => [id, holderOf(schoolId, guardianOf(id), 'guardian')] as const),
    ),
  );
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const put = putBy(client, () => undefined);
  try {
    await layPeople(put, region, teachers, guardians);
    // Everybody has the operator's password.
    const passwordHash = await passwordHashOf(client, OPERATOR.login);
    await laySessions(put, [...teachers, ...guardians.values()], passwordHash);
  } finally {
    await client.end();
  }
  return {
    teachers: new Map(
      teachers.map(({ personId, account }) => [
        personId,
        { ...account, firstLesson: firstLessons.get(personId) ?? 0 },
      ]),
    ),
    families: new Map([...guardians].map(([pupil, { account }]) => [pupil, account])),
  };
}

function holderOf(schoolId: string, personId: string, kind: Holder['kind']): Holder {
  const [sessionId, secret] = [idOf(personId, 'session'), randomBytes(32)];
  return {
    schoolId,
    personId,
    kind,
    sessionId,
    tokenHash: createHash('sha256').update(secret).digest('hex'),
    account: {
      login: `${kind}.${personId}`,
      password: OPERATOR.password,
      refreshToken: Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), secret]).toString(
        'base64url',
      ),
    },
  };
}

async function layPeople(
  put: Put,
  { schools, classes }: Region,
  teachers: readonly Holder[],
  guardians: ReadonlyMap<string, Holder>,
): Promise<void> {
  await put(
    'identity.schools',
    'school_id, name, kind, time_zone, is_active, version',
    schools.map((id, i) => [id, `Школа № ${i + 1}`, 'school', 'Europe/Moscow', true, 1]),
  );
  const pupils = classes.flatMap((one) => one.pupils.map((id) => ({ ...one, id })));
  await put(
    'identity.people',
    'school_id, person_id, kind, family_name, given_name, is_active, access_is_enabled, roster_roles, class_id, guardian_kind, version',
    (function* (): Iterable<Row> {
      for (const [i, t] of teachers.entries())
        yield [
          t.schoolId,
          t.personId,
          'staff',
          `Учитель${i}`,
          'Мария',
          true,
          true,
          '{teacher}',
          null,
          null,
          1,
        ];
      for (const [i, { schoolId, classId, id }] of pupils.entries()) {
        yield [schoolId, id, 'student', `Фамилия${i}`, 'Имя', true, true, '{}', classId, null, 1];
        const { personId } = guardians.get(id)!;
        yield [schoolId, personId, 'guardian', `Фамилия${i}`, 'Мама', true, true, '{}', null, 'parent', 1];
      }
    })(),
  );
  await put(
    'identity.guardianships',
    'school_id, student_id, guardian_id, named_by_student, named_by_guardian',
    pupils.map(({ schoolId, id }) => [schoolId, id, guardians.get(id)!.personId, true, true]),
  );
  await put('identity.person_locations', 'person_id, school_id', [
    ...[...teachers, ...guardians.values()].map((one) => [one.personId, one.schoolId]),
    ...pupils.map(({ schoolId, id }) => [id, schoolId]),
  ]);
}

async function laySessions(put: Put, holders: readonly Holder[], passwordHash: string): Promise<void> {
  const now = Date.now();
  const [yesterday, justNow, inAMonth] = [now - DAY_MS, now, now + 30 * DAY_MS].map((at) =>
    new Date(at).toISOString(),
  ) as [string, string, string];
  const accountIdOf = ({ personId }: Holder): string => idOf(personId, 'account');
  await put(
    'identity.accounts',
    'id, login, login_key, password_hash, must_change_password, password_changed_at, school_ids, created_at',
    holders.map((one) => [
      accountIdOf(one),
      one.account.login,
      one.account.login,
      passwordHash,
      false,
      yesterday,
      `{${one.schoolId}}`,
      yesterday,
    ]),
  );
  await put(
    'identity.account_people',
    'school_id, person_id, account_id, since',
    holders.map((one) => [one.schoolId, one.personId, accountIdOf(one), yesterday]),
  );
  await put(
    'identity.sessions',
    'id, account_id, token_hash, rotated_at, started_at, last_used_at, expires_at',
    holders.map((one) => [
      one.sessionId,
      accountIdOf(one),
      `\\\\x${one.tokenHash}`,
      yesterday,
      yesterday,
      justNow,
      inAMonth,
    ]),
  );
}

/** By teacher. */
function firstLessonsOf({ classes }: Region): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of classes)
    for (const [at, { teacherId }] of one.groups.entries())
      found.set(teacherId, Math.min(at, found.get(teacherId) ?? at));
  return found;
}
