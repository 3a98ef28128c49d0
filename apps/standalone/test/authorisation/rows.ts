import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Client } from 'pg';
import { clients, parkedOf, positionOf } from './relations.js';
import { put, putSchool, type Row } from './school-rows.js';
import { LATER, NOW, type TestRegion } from './schools.js';

const SERVICES = ['identity', 'contingent', 'curriculum', 'journal', 'diary', 'notifications', 'reporting'];

/** What no fact brings about: contingent's own tables, accounts, orders, messages. Written past the services, as a superuser. */
export async function putRows(admin: Client, region: TestRegion): Promise<void> {
  const passwordHash = await hash('not the one that is tried', { memoryCost: 1024, timeCost: 1 });
  const account = (id: string, more: Row): Row => ({
    id,
    login: id,
    login_key: id,
    password_hash: passwordHash,
    must_change_password: false,
    password_changed_at: NOW,
    is_blocked: false,
    is_regional_operator: false,
    created_at: NOW,
    school_ids: [],
    version: 1,
    ...more,
  });
  const session = (id: string, accountId: string): Row => ({
    id,
    account_id: accountId,
    token_hash: '\\x00',
    rotated_at: NOW,
    started_at: NOW,
    last_used_at: NOW,
    expires_at: LATER,
  });
  const holders = Object.entries(region.holders);
  await put(
    admin,
    'identity.accounts',
    holders.map(([role, { accountId }]) =>
      account(accountId, { is_regional_operator: role === 'regional-operator' }),
    ),
  );
  await put(
    admin,
    'identity.sessions',
    holders.flatMap(([, one]) => [
      session(one.sessionId, one.accountId),
      session(one.endedSessionId, one.accountId),
    ]),
  );
  await put(
    admin,
    'identity.clients',
    [clients.own, clients.others].map(({ clientId }) => ({
      id: clientId,
      name: 'Региональная система',
      scopes: ['roster.read'],
      secret_hash: '\\x00',
      is_blocked: false,
      registered_at: NOW,
      registered_by: randomUUID(),
      version: 1,
    })),
  );
  await put(
    admin,
    'contingent.roster_jobs',
    [clients.own, clients.others].map(({ jobId, clientId }) => ({
      id: jobId,
      state: 'applied',
      is_dry_run: false,
      progress: 100,
      upload_id: randomUUID(),
      sha256: '0'.repeat(64),
      size: 1,
      submitter_kind: 'client',
      submitter_id: clientId,
      submitter_name: 'Региональная система',
      correlation_id: 'test',
      submitted_at: NOW,
      finished_at: NOW,
      attempts: 1,
      run_after: NOW,
      counts: JSON.parse(EMPTY_COUNTS) as object,
      records: {},
      error_count: 0,
    })),
  );
  for (const school of [region.own, region.foreign]) {
    const families = school.classes.flatMap((one) => one.families);
    await put(
      admin,
      'identity.accounts',
      families.map((one) => account(one.accountId, { school_ids: [school.schoolId] })),
    );
    await put(
      admin,
      'identity.sessions',
      families.map((one) => session(one.sessionId, one.accountId)),
    );
    await put(
      admin,
      'identity.account_people',
      families.map((one) => ({
        school_id: school.schoolId,
        person_id: one.studentId,
        account_id: one.accountId,
        since: NOW,
      })),
    );
    await putSchool(admin, school);
    const parked = [
      { stream_sequence: Math.floor(Math.random() * 1e9) + 2 ** 33, aggregate_id: parkedOf(school.schoolId) },
      {
        stream_sequence: positionOf(school.schoolId),
        aggregate_id: `to be given up ${school.schoolId}`,
      },
    ];
    for (const service of SERVICES)
      await put(
        admin,
        `${service}.parked_facts`,
        parked.map((which) => ({
          ...which,
          consumer: `${service}__contingent`,
          school_id: school.schoolId,
          subject: 'evt.contingent.school.recorded.v1.x',
          envelope: 'not even JSON',
          reason: 'for the test',
          attempts: 1,
          parked_at: NOW,
        })),
      );
  }
}

const NO_RECORDS = { created: 0, updated: 0, unchanged: 0, ended: 0, rejected: 0 };
const EMPTY_COUNTS = JSON.stringify(
  Object.fromEntries(
    ['academicSessions', 'orgs', 'courses', 'classes', 'users', 'roles', 'enrollments', 'demographics'].map(
      (name) => [name, NO_RECORDS],
    ),
  ),
);
