import { createHash, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { Client } from 'pg';
import { idOf } from '../district.js';
import { putBy } from '../put.js';
import { REGION, teacherIn, type Region } from './region.js';

const PASSWORD = 'region-teacher-2026';
const MONTH_MS = 30 * 86_400_000;

/** A teacher's account: the way in with a password, and an open session's refresh token. */
export interface TeacherAccount {
  login: string;
  password: string;
  refreshToken: string;
  /** of the day: 0 is the one that begins at half past eight */
  firstLesson: number;
}

/** Every teacher of the region with an account and a session begun yesterday and used just now, as identity keeps them. */
export async function layAccounts(adminUrl: string, region: Region): Promise<TeacherAccount[]> {
  const { schools } = region;
  const firstLessons = firstLessonsOf(region);
  const passwordHash = await hash(PASSWORD, {
    algorithm: 2,
    memoryCost: 32_768,
    timeCost: 2,
    parallelism: 1,
  });
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const justNow = new Date(Date.now()).toISOString();
  const inAMonth = new Date(Date.now() + MONTH_MS).toISOString();
  const teachers = schools.flatMap((schoolId) =>
    Array.from({ length: REGION.teachersPerSchool }, (_, at) => {
      const personId = teacherIn(schoolId, at);
      const [sessionId, secret] = [idOf(personId, 'session'), randomBytes(32)];
      return {
        schoolId,
        personId,
        accountId: idOf(personId, 'account'),
        login: `teacher.${personId}`,
        sessionId,
        tokenHash: createHash('sha256').update(secret).digest('hex'),
        refreshToken: Buffer.concat([Buffer.from(sessionId.replaceAll('-', ''), 'hex'), secret]).toString(
          'base64url',
        ),
      };
    }),
  );
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const put = putBy(client, () => undefined);
  try {
    await put(
      'identity.schools',
      'school_id, name, kind, time_zone, is_active, version',
      schools.map((id, i) => [id, `Школа № ${i + 1}`, 'school', 'Europe/Moscow', true, 1]),
    );
    await put(
      'identity.people',
      'school_id, person_id, kind, family_name, given_name, is_active, access_is_enabled, roster_roles, version',
      teachers.map((t, i) => [
        t.schoolId,
        t.personId,
        'staff',
        `Учитель${i}`,
        'Мария',
        true,
        true,
        '{teacher}',
        1,
      ]),
    );
    await put(
      'identity.person_locations',
      'person_id, school_id',
      teachers.map((t) => [t.personId, t.schoolId]),
    );
    await put(
      'identity.accounts',
      'id, login, login_key, password_hash, must_change_password, password_changed_at, school_ids, created_at',
      teachers.map((t) => [
        t.accountId,
        t.login,
        t.login,
        passwordHash,
        false,
        yesterday,
        `{${t.schoolId}}`,
        yesterday,
      ]),
    );
    await put(
      'identity.account_people',
      'school_id, person_id, account_id, since',
      teachers.map((t) => [t.schoolId, t.personId, t.accountId, yesterday]),
    );
    await put(
      'identity.sessions',
      'id, account_id, token_hash, rotated_at, started_at, last_used_at, expires_at',
      teachers.map((t) => [
        t.sessionId,
        t.accountId,
        `\\\\x${t.tokenHash}`,
        yesterday,
        yesterday,
        justNow,
        inAMonth,
      ]),
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return teachers.map(({ login, refreshToken, personId }) => ({
    login,
    password: PASSWORD,
    refreshToken,
    firstLesson: firstLessons.get(personId) ?? 0,
  }));
}

/** By teacher. */
function firstLessonsOf({ classes }: Region): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of classes)
    for (const [at, { teacherId }] of one.groups.entries())
      found.set(teacherId, Math.min(at, found.get(teacherId) ?? at));
  return found;
}
