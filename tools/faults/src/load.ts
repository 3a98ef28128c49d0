import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry, RecordedEntries } from '@parta/contracts-journal';
import type { Ledger } from './ledger.js';
import type { Lesson, Teacher } from './schools.js';

const VALUES = ['5', '4', '3', '2'] as const;
/** Longer than the longest that the gateway waits for a service: whoever waits so long has been forgotten. */
const HANG_MS = 20_000;
const RETRY_MS = 400;

export interface Answers {
  ok: number;
  /** 503 with a code, or no gateway to answer at all */
  refused: number;
  slowestMs: number;
  /** how often it was refused, by code */
  codes: Record<string, number>;
}

export interface LoadOptions {
  url: string;
  ledger: Ledger;
  tokenOf(teacher: Teacher): string;
  /** pause between a teacher's commands */
  pauseMs: number;
  /** how a request is sent, where there are several gateways */
  fetch?: typeof fetch;
  /** is told of each command that was acknowledged */
  entered?(lesson: Lesson, entries: readonly JournalEntry[]): void;
}

export const noAnswers = (): Answers => ({ ok: 0, refused: 0, slowestMs: 0, codes: {} });

/** Where requests go, and where it is kept what must never be answered. */
export type Line = Pick<LoadOptions, 'url' | 'fetch'> & { ledger: Pick<Ledger, 'violations'> };

/**
 * Sends a request and counts what became of it.
 * @returns the body; null when the platform says plainly that it cannot just now, or nobody answers
 */
export async function ask(
  { url, ledger, fetch: send = fetch }: Line,
  answers: Answers,
  path: string,
  init: RequestInit,
): Promise<Buffer | null> {
  const startedAt = performance.now();
  try {
    const response = await send(`${url}${path}`, { ...init, signal: AbortSignal.timeout(HANG_MS) });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status === 200) {
      answers.ok += 1;
      return body;
    }
    const code = /"code":"([^"]+)"/.exec(body.toString())?.[1];
    answers.refused += 1;
    answers.codes[`${code}`] = (answers.codes[`${code}`] ?? 0) + 1;
    if (response.status !== 503 || !code)
      ledger.violations.push(`${path} was answered ${response.status} ${body.toString().slice(0, 300)}`);
  } catch (error) {
    answers.refused += 1;
    if ((error as Error).name === 'TimeoutError')
      ledger.violations.push(`${path} was not answered in ${HANG_MS / 1000} s`);
  } finally {
    answers.slowestMs = Math.max(answers.slowestMs, performance.now() - startedAt);
  }
  return null;
}

/** Teachers who enter and families who read, all the time. Each command goes out until it is answered, with the same key. */
export class Load {
  readonly reads = noAnswers();
  readonly writes = noAnswers();
  private running: Promise<void>[] = [];
  private isPaused = true;
  private turns = new Map<Teacher, number>();
  private rest = new AbortController();

  constructor(
    private readonly teachers: readonly Teacher[],
    private readonly readers: readonly { studentId: string; token: string }[],
    private readonly options: LoadOptions,
  ) {}

  start(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.running = [
      ...this.teachers.map((teacher, at) => this.teach(teacher, at)),
      ...this.readers.map((reader) => this.read(reader)),
    ];
  }

  /** Ends when every command that is under way is answered. */
  async pause(): Promise<void> {
    this.isPaused = true;
    await Promise.all(this.running);
  }

  /** Every teacher who pauses sends the next command at once. */
  hurry(): void {
    const { rest } = this;
    this.rest = new AbortController();
    rest.abort();
  }

  private async teach(teacher: Teacher, at: number): Promise<void> {
    await delay(at * 50);
    while (!this.isPaused) {
      await this.enter(teacher);
      await delay(this.options.pauseMs, undefined, { signal: this.rest.signal }).catch(() => undefined);
    }
  }

  private async enter(teacher: Teacher): Promise<Lesson> {
    const turn = this.turns.get(teacher) ?? 0;
    this.turns.set(teacher, turn + 1);
    const lesson = teacher.lessons[turn % teacher.lessons.length]!;
    const entries = this.entriesOf(teacher, lesson, turn);
    const key = randomUUID();
    for (let attempt = 0; ; attempt += 1) {
      if (attempt === 1) this.options.ledger.repeated += 1;
      const answer = await this.send(teacher, lesson, entries, key);
      if (answer) {
        this.options.ledger.acknowledge(lesson, entries, answer.cells);
        this.options.entered?.(lesson, entries);
        return lesson;
      }
      if (this.options.ledger.violations.length > 0) return lesson;
      await delay(RETRY_MS);
    }
  }

  /** A mark that its family hears of, marks that change, absences: from the cells as the ledger knows them. */
  private entriesOf({ pupils }: Teacher, { lessonId }: Lesson, turn: number): JournalEntry[] {
    const cell = (studentId: string) => this.options.ledger.cell(lessonId, studentId);
    const of = (studentId: string) => ({ studentId, cellVersion: cell(studentId)?.version ?? 0 });
    const entries: JournalEntry[] = [];
    const heard = pupils.heard.find((pupil) => !cell(pupil));
    if (heard) entries.push({ ...of(heard), kind: 'mark', value: VALUES[turn % 4] });
    const marked = pupils.marked[turn % pupils.marked.length]!;
    const marks = cell(marked)?.marks ?? [];
    const markId = marks[turn % Math.max(1, marks.length)]?.markId;
    if (markId && marks.length > 2) entries.push({ ...of(marked), kind: 'annulment', markId });
    else if (markId && turn % 3 === 0) {
      const value = VALUES.find((one) => one !== marks[turn % marks.length]!.value);
      entries.push({ ...of(marked), kind: 'correction', markId, value });
    } else entries.push({ ...of(marked), kind: 'mark', value: VALUES[(turn + 1) % 4] });
    const missed = pupils.missed[turn % pupils.missed.length]!;
    const code = cell(missed)?.attendance ? null : 'ILL';
    entries.push({ ...of(missed), kind: 'attendance', code });
    return entries;
  }

  private async send(
    teacher: Teacher,
    lesson: Lesson,
    entries: JournalEntry[],
    key: string,
  ): Promise<RecordedEntries | null> {
    const path = `/api/v1/journal/lessons/${lesson.lessonId}/entries`;
    const answer = await ask(this.options, this.writes, path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.options.tokenOf(teacher)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ entries }),
    });
    return answer && (JSON.parse(answer.toString()) as RecordedEntries);
  }

  private async read({ studentId, token }: { studentId: string; token: string }): Promise<void> {
    const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    while (!this.isPaused) {
      await ask(this.options, this.reads, `/api/v1/diary/${studentId}/days?from=${day(6)}&to=${day(0)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await delay(300);
    }
  }
}
