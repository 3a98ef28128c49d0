import type { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { Client } from 'pg';
import { timesOf } from './percentile.js';

/** USER_HZ, which Linux promises to programs whatever the kernel ticks by. */
const TICKS_PER_SECOND = 100;
export const CONNECTIONS = 16;
const COUNTED_REQUESTS = 32;
/** for so long nothing is heard of requests that nobody waits for, when there are none any more */
const UNDER_WAY_MS = 500;

export interface Measured {
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** CPU milliseconds of all processes of this side, for one request */
  cpu: number;
  /** SQL statements for one request, transaction control included, the relay's own not */
  statements: number;
  /** transactions ended for one request; the relay has none, its statements stand alone */
  commits: number;
  /** of the body, uncompressed */
  bytes: number;
  /** the same CPU milliseconds by process */
  cpuBy: Record<string, number>;
  requests: number;
  failures: number;
}

export interface Side {
  /** processes whose CPU counts, with all their children */
  processes: Record<string, number>;
  requests: autocannon.Request[];
  /** the database role whose statements count */
  role: string;
}

export interface About {
  /** one address, or several that share the connections */
  url: string | readonly string[];
  seconds: number;
  admin: Client;
  /** requests that must not come twice: at most so many are sent */
  amount?: number;
}

/** Sends the side's requests over 16 connections for a while, after a shorter while of the same to warm up. */
export async function measure(side: Side, { url, seconds, admin, amount }: About): Promise<Measured> {
  const warmUp = amount ? Math.floor(amount / 5) : 0;
  const [first, rest, counted] = amount
    ? [
        side.requests.slice(0, warmUp),
        side.requests.slice(warmUp, amount - COUNTED_REQUESTS),
        side.requests.slice(amount - COUNTED_REQUESTS, amount),
      ]
    : [side.requests, side.requests, side.requests];
  await send(url, first, amount ? { amount: warmUp } : { duration: Math.max(2, seconds / 3) });
  const pids = Object.entries(side.processes);
  const cpuBefore = pids.map(([, pid]) => cpuOf([pid]));
  const sent = await send(url, rest, amount ? { amount: rest.length } : { duration: seconds });
  const requests = sent.answered;
  const cpuBy = Object.fromEntries(
    pids.map(([name, pid], at) => [name, ((cpuOf([pid]) - cpuBefore[at]!) * 1000) / requests]),
  );
  const { p50, p95, p99 } = timesOf(sent.times);
  return {
    perSecond: requests / sent.seconds,
    p50,
    p95,
    p99,
    cpu: Object.values(cpuBy).reduce((sum, one) => sum + one, 0),
    cpuBy,
    ...(await callsFor(counted, url, side.role, admin)),
    bytes: sent.bytes / requests,
    requests,
    failures: sent.failures,
  };
}

interface Sent {
  times: number[];
  answered: number;
  failures: number;
  bytes: number;
  seconds: number;
}

/** Each connection has its own share of the requests, so that none is sent twice before all were sent once. */
async function send(
  url: string | readonly string[],
  requests: autocannon.Request[],
  until: { amount: number } | { duration: number },
  connections = CONNECTIONS,
): Promise<Sent> {
  const urls = [url].flat();
  const times: number[] = [];
  let dealt = 0;
  const startedAt = performance.now();
  let lastAt = startedAt;
  const results = await Promise.all(
    urls.map((one) => {
      const running = autocannon({
        url: one,
        connections: connections / urls.length,
        ...('amount' in until ? { amount: Math.floor(until.amount / urls.length) } : until),
        setupClient: (client) => {
          const own = requests.filter((_, at) => at % connections === dealt % connections);
          dealt += 1;
          client.setRequests(own);
        },
      });
      (running as unknown as EventEmitter).on(
        'response',
        (_client, _status, _bytes, milliseconds: number) => {
          times.push(milliseconds);
          lastAt = performance.now();
        },
      );
      return running;
    }),
  );
  const sum = (of: (result: autocannon.Result) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    times,
    answered: sum((result) => result['2xx']),
    failures: sum((result) => result.non2xx + result.errors + result.timeouts),
    bytes: sum((result) => result.throughput.total),
    // Autocannon ends by a clock of whole seconds, which of an amount of requests says nothing.
    seconds: (lastAt - startedAt) / 1000,
  };
}

/** Seconds of CPU that the processes and what they have started have used. */
export function cpuOf(pids: readonly number[]): number {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), ticks: fields.slice(11, 15).map(Number) }];
    } catch {
      return [];
    }
  });
  const counted = new Set(pids);
  for (let size = -1; size !== counted.size;) {
    size = counted.size;
    for (const one of all) if (counted.has(one.parent)) counted.add(one.pid);
  }
  let ticks = 0;
  for (const {
    pid,
    ticks: [user, system, ofEndedUser, ofEndedSystem],
  } of all)
    if (counted.has(pid)) ticks += user! + system! + ofEndedUser! + ofEndedSystem!;
  return ticks / TICKS_PER_SECOND;
}

interface Calls {
  statements: number;
  commits: number;
}

/**
 * Counted of some that are sent one after another: of those before some were under way at the end, and what takes a second is
 * sent once more by the gateway.
 */
async function callsFor(
  requests: autocannon.Request[],
  url: string | readonly string[],
  role: string,
  admin: Client,
): Promise<Calls> {
  let before = await callsOf(admin, role);
  for (let known = -1; known !== before.statements; before = await callsOf(admin, role)) {
    known = before.statements;
    await delay(UNDER_WAY_MS);
  }
  const { answered } = await send(url, requests, { amount: COUNTED_REQUESTS }, [url].flat().length);
  const after = await callsOf(admin, role);
  return {
    statements: (after.statements - before.statements) / answered,
    commits: (after.commits - before.commits) / answered,
  };
}

/** How often a role has sent anything, and how often it has committed. */
async function callsOf(admin: Client, role: string): Promise<Calls> {
  const { rows } = await admin.query<Calls>(
    // By the clock and not by the request: the relay looks at its table and marks what is published, replicas that wait for their turn
    // ask for it, and health is looked after.
    `select coalesce(sum(calls) filter (where query !~ '(from|update) "[a-z]+"\.outbox|pg_try_advisory_lock|^select [$]1$'), 0)::float8 as statements,
       coalesce(sum(calls) filter (where query ilike 'commit%'), 0)::float8 as commits
     from pg_stat_statements where userid = $1::regrole and toplevel and query !~ 'pg_stat_statements'`,
    [`"${role}"`],
  );
  return rows[0]!;
}

/** Where the database's time went since the statistics were reset: for the one who looks for it. */
export async function dearestStatements(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{
    who: string;
    calls: string;
    total: string;
    planning: string;
    text: string;
  }>(
    `select userid::regrole as who, calls, round(total_exec_time) as total, round(total_plan_time) as planning,
       left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 110) as text
     from pg_stat_statements order by total_exec_time + total_plan_time desc limit 25`,
  );
  return rows.map(
    (row) => `    ${row.total} + ${row.planning} ms, ${row.calls} calls, ${row.who}: ${row.text}`,
  );
}
