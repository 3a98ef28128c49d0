import { setTimeout as delay } from 'node:timers/promises';
import type { JournalEntry } from '@parta/contracts-journal';
import { ask, type Answers, type Line } from '../load.js';
import type { Lesson } from '../schools.js';
import type { Door } from './door.js';
import { LiveStream } from './live-stream.js';

/** What comes together is asked for once, and how often a page tries to read (apps/web). */
const TOGETHER_MS = 60;
const AGAIN_MS = 1000;
/** How long a change may be on its way to an open page, the new opening of its stream included. */
const ON_ITS_WAY_MS = 20_000;

/** What a page shows, and what concerns it. */
export interface PageOf {
  name: string;
  token: string;
  livePath: string;
  /** the days it shows */
  from: string;
  to: string;
  pathOf(from: string, to: string): string;
  /** by date, as a text; a date without anything may be left out */
  daysOf(view: never): Map<string, string>;
  isOurs(change: Record<string, unknown>): boolean;
  /** of how many changes it is to be told when these were entered */
  changesOf(lesson: Lesson, entries: readonly JournalEntry[]): number;
}

/**
 * A page that somebody has open: it holds the stream of what is new, reads the day anew that an event names, and everything when the
 * stream was opened. What it is not told of stays out of sight until somebody reloads.
 */
export class OpenPage {
  /** changes that were entered for it, events that came, and how often the stream was opened */
  entered = 0;
  heard = 0;
  opened = 0;
  private readonly shown = new Map<string, { text: string; askedAt: number }>();
  private readonly stream: LiveStream;
  private readonly pending = new Set<string>();
  private reading: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(
    readonly of: PageOf,
    door: Pick<Door, 'stream'>,
    private readonly line: Line,
    private readonly answers: Answers,
  ) {
    this.stream = new LiveStream(door, of.livePath, of.token, {
      onReady: () => {
        this.opened += 1;
        this.readSoon(of.from, of.to);
      },
      onChanged: (change) => {
        if (!of.isOurs(change)) return;
        this.heard += 1;
        this.changed(change.date as string | null);
      },
    });
    void this.stream.follow();
  }

  get isOpen(): boolean {
    return this.shown.size > 0;
  }

  close(): void {
    this.isClosed = true;
    this.stream.stop();
  }

  /**
   * Compares the page with what there is now. What it does not show, and does not ask for in the time that an event may need, it has
   * missed for good.
   * @returns the days it missed; null for none
   */
  async missed(): Promise<string | null> {
    const askedAt = performance.now();
    const truth = await this.days(this.of.from, this.of.to);
    if (!truth) return `${this.of.name} could not be read`;
    const behind = (): string[] =>
      this.dates(this.of.from, this.of.to).filter((date) => {
        const day = this.shown.get(date);
        return !day || (day.askedAt < askedAt && day.text !== (truth.get(date) ?? ''));
      });
    while (behind().length > 0) {
      if (performance.now() - askedAt > ON_ITS_WAY_MS) return `${this.of.name}: ${behind().join(', ')}`;
      await delay(100);
    }
    return null;
  }

  private changed(date: string | null): void {
    if (date === null) return this.readSoon(this.of.from, this.of.to);
    if (this.pending.has(date)) return;
    this.pending.add(date);
    setTimeout(() => {
      this.pending.delete(date);
      this.readSoon(date, date);
    }, TOGETHER_MS);
  }

  /** One after the other: an earlier answer must not come over a later one. */
  private readSoon(from: string, to: string): void {
    this.reading = this.reading.then(() => this.read(from, to));
  }

  private async read(from: string, to: string): Promise<void> {
    while (!this.isClosed) {
      const askedAt = performance.now();
      const days = await this.days(from, to);
      if (days) {
        for (const date of this.dates(from, to))
          this.shown.set(date, { text: days.get(date) ?? '', askedAt });
        return;
      }
      await delay(AGAIN_MS);
    }
  }

  private async days(from: string, to: string): Promise<Map<string, string> | null> {
    const body = await ask(this.line, this.answers, this.of.pathOf(from, to), {
      headers: { authorization: `Bearer ${this.of.token}` },
    });
    return body && this.of.daysOf(JSON.parse(body.toString()) as never);
  }

  private dates(from: string, to: string): string[] {
    const dates: string[] = [];
    for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
      dates.push(new Date(at).toISOString().slice(0, 10));
    return dates;
  }
}
