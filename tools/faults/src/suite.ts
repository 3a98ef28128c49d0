import type { Comparison, Told } from './compare.js';
import { eventually } from './eventually.js';
import type { Ledger } from './ledger.js';
import type { Load } from './load.js';
import type { Office } from './office/office.js';
import { officeMissing } from './office/office-truth.js';
import type { Platform } from './platform.js';
import type { School } from './schools.js';

/** What a scenario has at hand. */
export interface Suite {
  platform: Platform;
  schools: readonly School[];
  /** a school that the load leaves alone */
  quietSchool: School;
  load: Load;
  office: Office;
  ledger: Ledger;
  comparison: Comparison;
  /** the regional operator over HTTP */
  operatorToken: string;
  /** services that are stopped on purpose while others are broken */
  stopped: string[];
  isQuick: boolean;
}

/** One way in which the platform is broken. */
export interface Fault {
  name: string;
  /** part of the short form */
  isQuick?: boolean;
  /** a shorter stand-in for another of the full form */
  isQuickOnly?: boolean;
  /** runs after the others, when reporting is awake again */
  needsReporting?: boolean;
  /** seconds of load between breaking and mending; 2 unless said */
  lasts?: number;
  /** of how many messages nobody may know whether they arrived, since a line or a process ended while they were on it; 0 unless said */
  uncertain?: number;
  /** Breaks it, under load. @throws Error `NotRun` where this machine cannot */
  breakIt(suite: Suite): Promise<void>;
  /** Mends it; whatever is not mended by itself. */
  mendIt?(suite: Suite): Promise<void>;
  /** What else has to hold once everything is whole again. @returns what was parked and redriven, if that is the fault's */
  check?(suite: Suite, about: FaultResult): Promise<void>;
}

export class NotRun extends Error {}

export interface FaultResult {
  name: string;
  state: 'passed' | 'failed' | 'not run';
  problem?: string;
  entries: number;
  inJournal: number;
  inDiary: number;
  told: Told;
  parked: number;
  redriven: number;
  /** from the mending (or the kill) until all is as it should be */
  wholeMs: number;
  /** commands that were sent more than once */
  repeated: number;
  /** rosters, days off and roles that were acknowledged */
  office: number;
}

/** Runs one fault under load and compares everything after it. */
export async function runFault(fault: Fault, suite: Suite): Promise<FaultResult> {
  const { ledger, load, office, comparison } = suite;
  const before = {
    entries: ledger.entries,
    office: office.ledger.acknowledged,
    due: ledger.due.length,
    repeated: ledger.repeated + office.repeated,
    journal: await comparison.entriesIn('journal'),
    diary: await comparison.entriesIn('diary'),
  };
  const result: FaultResult = {
    name: fault.name,
    state: 'passed',
    entries: 0,
    inJournal: 0,
    inDiary: 0,
    told: { due: 0, once: 0, twice: 0, uncertain: 0, refused: 0, uncertainArrived: 0 },
    parked: 0,
    redriven: 0,
    wholeMs: 0,
    repeated: 0,
    office: 0,
  };
  const count = (): void => {
    result.entries = ledger.entries - before.entries;
    result.repeated = ledger.repeated + office.repeated - before.repeated;
    result.office = office.ledger.acknowledged - before.office;
  };
  try {
    load.start();
    office.start();
    await pause(1);
    await fault.breakIt(suite);
    await pause(fault.lasts ?? 2);
    const mendedAt = performance.now();
    await fault.mendIt?.(suite);
    await untilWhole(suite, result, before.due);
    result.wholeMs = performance.now() - mendedAt;
    count();
    await fault.check?.(suite, result);
    const parked = await comparison.parked();
    if (parked > 0) throw new Error(`${parked} facts are put aside`);
    if (result.told.refused > 0) throw new Error(`${result.told.refused} messages were refused or cancelled`);
    if (result.told.uncertain > (fault.uncertain ?? 0))
      throw new Error(`nobody knows whether ${result.told.uncertain} messages arrived`);
    const stray = comparison.strays();
    if (stray) throw new Error(stray);
    await uncertainAreShown(suite);
  } catch (error) {
    await Promise.all([load.pause(), office.pause()]);
    if (error instanceof NotRun) return { ...result, state: 'not run', problem: error.message };
    result.state = 'failed';
    result.problem = `${(error as Error).stack}\n${await lookedAt(suite)}`;
  }
  if (ledger.violations.length > 0) {
    result.state = 'failed';
    result.problem = [result.problem, ...ledger.violations.splice(0)].filter(Boolean).join('\n');
  }
  count();
  await eventually('PostgreSQL', async () => {
    result.inJournal = (await comparison.entriesIn('journal')) - before.journal;
    result.inDiary = (await comparison.entriesIn('diary')) - before.diary;
    return null;
  });
  return result;
}

/** Every command answered, everyone ready, every copy as the ledger, every message where it belongs. */
async function untilWhole(suite: Suite, result: FaultResult, dueBefore: number): Promise<void> {
  const { platform, comparison, load, office, stopped } = suite;
  let isPaused = false;
  void Promise.all([load.pause(), office.pause()]).then(() => (isPaused = true));
  await eventually('every command to be answered', () => (isPaused ? null : 'some are not'));
  await eventually('everyone to be ready', () => platform.notReady(stopped));
  const consumers = (['diary', 'reporting'] as const).filter((name) => !stopped.includes(name));
  await eventually('what was acknowledged to be everywhere', () => comparison.missing(consumers));
  await eventually('what the office did to be everywhere', () => officeMissing(platform, office, stopped));
  await eventually('messages to be told', async () => {
    const told = await comparison.told(dueBefore);
    if (!told) return 'some are on their way';
    result.told = told;
    return null;
  });
}

/** What nobody knows the fate of is in the list that the school's office has. */
async function uncertainAreShown({ platform, schools }: Suite): Promise<void> {
  for (const { schoolId } of schools) {
    const uncertain = await platform.count(
      'notifications.messages',
      `school_id = '${schoolId}' and state = 'uncertain'`,
    );
    const token = await platform.tokenOf([
      { role: 'administrator', schoolId, personId: crypto.randomUUID() },
    ]);
    const answer = await fetch(`${platform.url}/api/v1/notifications/deliveries?state=uncertain`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { total } = (await answer.json()) as { total: number };
    if (total !== uncertain)
      throw new Error(`${uncertain} messages are uncertain, and the school is shown ${total}`);
  }
}

/** What the servers say when something does not come to its end: for whoever looks for the cause. */
async function lookedAt({ platform }: Suite): Promise<string> {
  const lines: string[] = [];
  try {
    const { manager } = platform.bus;
    for (const service of platform.serviceNames.filter((name) => name !== 'gateway'))
      for await (const one of manager.consumers.list(`EVT_${service}`))
        if (one.num_pending + one.num_ack_pending > 0)
          lines.push(
            `${one.name}: ${one.num_pending} to come, ${one.num_ack_pending} not acknowledged, ${one.num_waiting} asked for`,
          );
    for (const row of await platform.rows(
      `select usename, state, wait_event, now() - state_change as since, left(query, 100) as query from pg_stat_activity
       where state <> 'idle' and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    ))
      lines.push(JSON.stringify(row));
  } catch (error) {
    lines.push(String(error));
  }
  return lines.join('\n');
}

export const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));
