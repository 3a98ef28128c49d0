import { causeOf, type Ledger } from './ledger.js';
import type { Platform } from './platform.js';

/** What families got and did not get, of what they were to get. */
export interface Told {
  due: number;
  /** received once */
  once: number;
  /** received more than once: must be none */
  twice: number;
  /** nobody knows whether they arrived: shown to the school, not sent again */
  uncertain: number;
  /** the other side said no for good */
  refused: number;
  /** of the uncertain ones, how many have arrived */
  uncertainArrived: number;
}

const OUTCOMES_WITHOUT_ARRIVAL = ['uncertain', 'refused', 'cancelled'];

interface StandingMark {
  line: string;
}

/** Compares what teachers were told with what everyone has. */
export class Comparison {
  constructor(
    private readonly platform: Pick<Platform, 'rows' | 'count' | 'inbox' | 'serviceNames'>,
    private readonly ledger: Ledger,
    private readonly schools: readonly string[],
  ) {}

  /** What is not yet, or not at all, as the ledger has it; null when every copy is. */
  async missing(consumers: readonly ('diary' | 'reporting')[]): Promise<string | null> {
    const journal = await this.marksIn('journal', 'annulled_at is null');
    return (
      differs('marks in the journal', journal, this.ledger.marks()) ??
      differs('absences in the journal', await this.journalAbsences(), this.ledger.absences()) ??
      (await this.countsIn('journal')) ??
      (await this.copyMissing(consumers))
    );
  }

  private async copyMissing(consumers: readonly ('diary' | 'reporting')[]): Promise<string | null> {
    for (const service of consumers) {
      const missing =
        differs(`marks in ${service}`, await this.marksIn(service, 'not is_annulled'), this.ledger.marks()) ??
        differs(`absences in ${service}`, await this.absencesIn(service), this.ledger.absences()) ??
        (await this.countsIn(service));
      if (missing) return missing;
    }
    return null;
  }

  /** How many entries a service has: each mark and each absence counts as often as it was changed. */
  async entriesIn(service: 'journal' | 'diary' | 'reporting'): Promise<number> {
    const among = `school_id = any ($1::uuid[])`;
    const [row] = await this.platform.rows<{ n: number }>(
      service === 'journal'
        ? `select count(*)::int as n from journal.changes where ${among}`
        : `select ((select coalesce(sum(version), 0) from ${service}.marks where ${among})
            + (select coalesce(sum(version), 0) from ${service}.attendance where ${among}))::int as n`,
      [this.schools],
    );
    return row!.n;
  }

  /** What became of the messages; null where something is still on its way. */
  async told(from: number): Promise<Told | null> {
    const rows = await this.platform.rows<{
      to: string;
      subject: string;
      date: string;
      states: string[];
    }>(
      `select ltrim(m.address, '+') as "to", n.content->>'subjectTitle' as subject, n.content->>'date' as date,
         array_agg(m.state) as states
       from notifications.notices n join notifications.messages m on m.school_id = n.school_id and m.id = n.message_id
       where n.school_id = any ($1::uuid[]) group by 1, 2, 3`,
      [this.schools],
    );
    const states = new Map(rows.map((row) => [`${row.to} ${causeOf(row.subject, row.date)}`, row.states]));
    const arrived = this.arrivals();
    const told: Told = { due: 0, once: 0, twice: 0, uncertain: 0, refused: 0, uncertainArrived: 0 };
    for (const { to, cause } of this.ledger.due.slice(from)) {
      const key = `${to} ${cause}`;
      const [state, ...more] = states.get(key) ?? [];
      if (!state || more.length > 0 || ['waiting', 'sending'].includes(state)) return null;
      const times = arrived.get(key) ?? 0;
      // Written down as handed over, and yet to be put together by the receiver.
      if (times === 0 && !OUTCOMES_WITHOUT_ARRIVAL.includes(state)) return null;
      told.due += 1;
      if (times === 1) told.once += 1;
      if (times > 1) told.twice += 1;
      if (state === 'uncertain') {
        told.uncertain += 1;
        if (times > 0) told.uncertainArrived += 1;
      }
      if (state === 'refused' || state === 'cancelled') told.refused += 1;
    }
    return told;
  }

  /** What should never have come: a message twice, whenever its fault was, or one that nobody was to get; null for nothing. */
  strays(): string | null {
    const due = new Set(this.ledger.due.map(({ to, cause }) => `${to} ${cause}`));
    for (const [key, times] of this.arrivals()) {
      if (times > 1) return `${key} came ${times} times`;
      if (!due.has(key)) return `${key} came, and nothing of the kind was entered`;
    }
    return null;
  }

  /** How often each message has arrived, by recipient and cause. */
  private arrivals(): Map<string, number> {
    const arrived = new Map<string, number>();
    for (const { to, text } of this.platform.inbox.list())
      for (const [, cause] of text.matchAll(/(?:: |— )(\S+ \d\d\.\d\d): /g))
        arrived.set(`${to} ${cause}`, (arrived.get(`${to} ${cause}`) ?? 0) + 1);
    return arrived;
  }

  /** Facts put aside, by consumer. */
  async parked(): Promise<number> {
    let parked = 0;
    for (const service of this.platform.serviceNames.filter((name) => name !== 'gateway'))
      parked += await this.platform.count(`${service}.parked_facts`);
    return parked;
  }

  private async countsIn(service: 'journal' | 'diary' | 'reporting'): Promise<string | null> {
    const count = await this.entriesIn(service);
    const { entries } = this.ledger;
    return count === entries ? null : `${count} entries in ${service} where ${entries} were acknowledged`;
  }

  private async marksIn(schema: string, isStanding: string): Promise<string[]> {
    const rows = await this.platform.rows<StandingMark>(
      `select id || ' ' || lesson_id || ' ' || student_id || ' ' || value as line
       from ${schema}.marks where school_id = any ($1::uuid[]) and ${isStanding}`,
      [this.schools],
    );
    return rows.map(({ line }) => line).sort();
  }

  private journalAbsences(): Promise<string[]> {
    return this.absenceLines('journal.cells', 'attendance');
  }

  private absencesIn(schema: string): Promise<string[]> {
    return this.absenceLines(`${schema}.attendance`, 'code');
  }

  private async absenceLines(table: string, column: string): Promise<string[]> {
    const rows = await this.platform.rows<{ line: string }>(
      `select lesson_id || ' ' || student_id || ' ' || ${column} as line from ${table}
       where school_id = any ($1::uuid[]) and ${column} is not null`,
      [this.schools],
    );
    return rows.map(({ line }) => line).sort();
  }
}

function differs(what: string, found: readonly string[], expected: readonly string[]): string | null {
  const [has, wants] = [new Set(found), new Set(expected)];
  if (found.length !== has.size) return `${what}: ${found.length - has.size} are there twice`;
  const lacking = expected.filter((one) => !has.has(one));
  const extra = found.filter((one) => !wants.has(one));
  if (lacking.length === 0 && extra.length === 0) return null;
  return `${what}: ${lacking.length} missing, ${extra.length} too many of ${expected.length} (${lacking[0] ?? extra[0]})`;
}
