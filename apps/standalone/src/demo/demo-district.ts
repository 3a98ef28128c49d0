import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PASSWORD } from '@parta/identity';
import { DateTime } from 'luxon';
import type { RunningParta } from '../running-parta.js';
import { Api } from './api.js';
import { castOf, type DemoPerson } from './cast.js';
import { subscribeFamily } from './family-notifications.js';
import { ensureLessonToday } from './lesson-today.js';
import {
  moveToSchoolYear,
  packRoster,
  readDemoFile,
  readRosterTables,
  schoolYearOf,
} from './roster-package.js';
import { writeSchoolWeeks } from './school-weeks.js';
import { until } from './until.js';

export const DEMO_OPERATOR = { login: 'operator', password: DEMO_PASSWORD };
/** Beside the data while the demo is being loaded: the regional system that pushes it. */
const BEGUN = 'demo-begun.json';

export interface DemoAccount {
  role: string;
  personId?: string;
  schoolId?: string;
  login: string;
  password: string;
  school: string | null;
  name: string;
}

/** Content of `.parta/demo-accounts.json`. */
export interface DemoAccounts {
  accounts: DemoAccount[];
  region: { clientId: string; clientSecret: string };
}

export interface DemoOptions {
  dataDir: string;
  /** the first operator, who has the demo made */
  operator: { login: string; password: string };
  now: Date;
  /** how much journal the demo begins with */
  historyDays: number;
  /** where sent messages are seen, for a trial that sends to receivers of its own */
  inboxUrl?: string;
  /** one line for each step */
  step: (line: string) => void;
}

interface PersonRow {
  personId: string;
  schoolId: string;
  familyName: string;
  givenName: string;
  middleName: string | null;
  accountState: string;
}

interface SchoolRow {
  schoolId: string;
  name: string;
  timeZone: string;
}

/**
 * Loads the demo district through the public API, as its region would: registers the regional system, pushes roster
 * and timetable, then has accounts made. Weeks of journal are written up by the journal's own rules. Done once; after a
 * start that was broken off in the middle the next one goes on with what is not there yet. At every start, whatever the
 * day, the demo's teacher has a lesson to mark.
 * @returns the demo's accounts; null where the database holds an installation that is not the demo, which is left alone
 */
export async function loadDemoDistrict(
  parta: RunningParta,
  { dataDir, operator: credentials, now, historyDays, inboxUrl, step }: DemoOptions,
): Promise<DemoAccounts | null> {
  const file = join(dataDir, 'demo-accounts.json');
  const begun = join(dataDir, BEGUN);
  const isLoaded = existsSync(file);
  if (!isLoaded && !existsSync(begun) && !(await isNew(parta.url, credentials))) return null;
  const demo = isLoaded
    ? (JSON.parse(readFileSync(file, 'utf8')) as DemoAccounts)
    : await load(parta.url, credentials, begun, now, step);
  await ensureLessonToday(
    parta.url,
    {
      teacher: accountOf(demo, 'teacher'),
      deputyHead: accountOf(demo, 'deputy-head'),
      guardian: accountOf(demo, 'guardian'),
    },
    now,
    step,
  );
  if (isLoaded) return demo;
  // Lessons that are still being laid would get into each other's way with those that are written up.
  await until('every service to know the timetable', async () => (await parta.factsOnTheirWay()) === 0);
  await parta.analyze();
  const teacher = accountOf(demo, 'teacher');
  const operator = new Api(parta.url);
  await operator.signIn(credentials.login, credentials.password);
  const { schools } = await operator.get<{ schools: SchoolRow[] }>('/api/v1/schools');
  const today = DateTime.fromJSDate(now, { zone: schools[0]!.timeZone });
  await parta.withJournalHistory((history) =>
    writeSchoolWeeks(
      history,
      schools,
      today.minus({ days: historyDays }).toISODate()!,
      today.toISODate()!,
      now,
      teacher.personId!,
      step,
    ),
  );
  if (inboxUrl) {
    step('demo guardian: notifications');
    const guardian = new Api(parta.url);
    const { login, password } = accountOf(demo, 'guardian');
    await guardian.signIn(login, password);
    await subscribeFamily(guardian, inboxUrl);
  }
  // What the teacher enters next must not stand in line behind weeks of history.
  step('demo journal: until every service has heard of it');
  await until('every service to have heard of everything', async () => (await parta.factsOnTheirWay()) === 0);
  writePrivately(file, demo);
  rmSync(begun, { force: true });
  return demo;
}

function writePrivately(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Nobody has put schools into this installation, and its operator is the one it was made with. */
async function isNew(url: string, credentials: DemoOptions['operator']): Promise<boolean> {
  const operator = new Api(url);
  const isOurs = await operator.signIn(credentials.login, credentials.password).then(
    () => true,
    (error: Error) => {
      if (error.message.includes('identity.wrong-credentials')) return false;
      throw error;
    },
  );
  return isOurs && (await operator.get<{ schools: SchoolRow[] }>('/api/v1/schools')).schools.length === 0;
}

/**
 * The regional system that pushes the demo. A roster belongs to the system that sent it first, so a start that goes on
 * after another has to be the same system.
 */
async function regionOf(operator: Api, begun: string): Promise<DemoAccounts['region']> {
  if (existsSync(begun)) return JSON.parse(readFileSync(begun, 'utf8')) as DemoAccounts['region'];
  const region = await operator.post<DemoAccounts['region']>('/api/v1/clients', {
    name: 'Региональная ИС «Контингент» (пример)',
    scopes: ['roster.write', 'roster.read', 'timetable.write'],
  });
  writePrivately(begun, region);
  return region;
}

async function load(
  url: string,
  credentials: DemoOptions['operator'],
  begun: string,
  today: Date,
  step: (line: string) => void,
): Promise<DemoAccounts> {
  const operator = new Api(url);
  await operator.signIn(credentials.login, credentials.password);
  const region = await regionOf(operator, begun);

  const tables = await readRosterTables(
    fileURLToPath(new URL('../../../../tools/demo/data/district-oneroster.zip', import.meta.url)),
  );
  moveToSchoolYear(tables, schoolYearOf(today));
  const system = new Api(url);
  await system.signInAsClient(region.clientId, region.clientSecret);
  await pushRoster(system, await packRoster(tables), step);

  await pushTimetable(system, step);

  const schools = (await operator.get<{ schools: SchoolRow[] }>('/api/v1/schools')).schools;
  const orgs = tables.get('orgs.csv')!;
  const schoolOf = (sourcedId: string): SchoolRow => {
    const name = orgs.find((org) => org.sourcedId === sourcedId)!.name;
    return schools.find((school) => school.name === name)!;
  };
  const accounts: DemoAccount[] = [
    {
      role: 'regional-operator',
      login: credentials.login,
      // What somebody has chosen is neither kept in a file nor shown.
      password:
        credentials.password === DEMO_OPERATOR.password ? DEMO_PASSWORD : '(PARTA_FIRST_OPERATOR_PASSWORD)',
      school: null,
      name: 'Региональный оператор',
    },
  ];
  for (const person of castOf(tables)) {
    step(`demo account: ${person.role}`);
    accounts.push(await openAccount(operator, url, person, schoolOf(person.school)));
  }
  return { accounts, region };
}

function accountOf(demo: DemoAccounts, role: string): DemoAccount {
  return demo.accounts.find((account) => account.role === role)!;
}

async function pushTimetable(system: Api, step: (line: string) => void): Promise<void> {
  const report = await until('the timetable to be applied', async () => {
    const found = await system.upload<{
      isApplied: boolean;
      lessonsAdded: number;
      clashes: unknown[];
      errors: { code: string }[];
    }>('/api/exchange/v1/timetables', 'text/csv', readDemoFile('timetable.csv'));
    // Curriculum hears of the groups a moment after the roster was applied.
    const isEarly = found.errors.some((error) => error.code === 'curriculum.unknown-group');
    return found.isApplied
      ? found
      : isEarly
        ? null
        : Promise.reject(new Error(JSON.stringify(found.errors.slice(0, 3))));
  });
  step(`demo timetable: ${report.lessonsAdded} lessons, ${report.clashes.length} clashes`);
}

async function pushRoster(system: Api, zip: Buffer, step: (line: string) => void): Promise<void> {
  step('demo roster: pushed through the exchange API');
  const { id } = await system.upload<{ id: string }>('/api/exchange/v1/rosters', 'application/zip', zip);
  const job = await until('the roster to be applied', async () => {
    const found = await system.get<{
      state: string;
      reason: string | null;
      errors: unknown[];
      counts: Record<string, { created: number }>;
    }>(`/api/exchange/v1/rosters/${id}`);
    return found.state === 'queued' || found.state === 'running' ? null : found;
  });
  if (job.state !== 'applied')
    throw new Error(
      `the demo roster is ${job.state}: ${job.reason} ${JSON.stringify(job.errors.slice(0, 3))}`,
    );
  step(
    `demo roster: ${Object.entries(job.counts)
      .map(([entity, counts]) => `${counts.created} ${entity}`)
      .join(', ')}`,
  );
}

async function openAccount(
  operator: Api,
  url: string,
  person: DemoPerson,
  school: SchoolRow,
): Promise<DemoAccount> {
  const name = [person.familyName, person.givenName, person.middleName].join(' ');
  const row = await until(`${person.role} to be known`, async () => {
    const page = await operator.get<{ people: PersonRow[] }>(
      `/api/v1/people?schoolId=${school.schoolId}&q=${encodeURIComponent(`${person.familyName} ${person.givenName}`)}&pageSize=50`,
    );
    return (
      page.people.find((p) => p.middleName === person.middleName && p.givenName === person.givenName) ?? null
    );
  });
  if (person.grant) {
    await operator
      .post(`/api/v1/people/${row.personId}/grants`, {
        role: person.grant,
        orderNumber: '12-ОД',
        orderDate: null,
      })
      .catch((error: Error) => {
        if (!error.message.includes('identity.grant-exists')) throw error;
      });
  }
  const opened =
    row.accountState === 'none' || row.accountState === 'invited'
      ? await operator.post<{ login: string; initialPassword: string }>(
          `/api/v1/people/${row.personId}/account`,
          {},
        )
      : await resetAccount(operator, row);
  const own = new Api(url);
  await own.signIn(opened.login, opened.initialPassword);
  await own.changePassword(opened.initialPassword, DEMO_PASSWORD);
  return {
    role: person.role,
    personId: row.personId,
    schoolId: row.schoolId,
    login: opened.login,
    password: DEMO_PASSWORD,
    school: school.name,
    name,
  };
}

/** An earlier start made the account and was broken off before the password was known. */
async function resetAccount(
  operator: Api,
  row: PersonRow & { accountId?: string },
): Promise<{ login: string; initialPassword: string }> {
  return operator.post(`/api/v1/accounts/${row.accountId}/password-reset`, {});
}
