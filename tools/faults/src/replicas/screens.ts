import { setTimeout as delay } from 'node:timers/promises';
import { ask, noAnswers, type Answers, type Line } from '../load.js';

const PAUSE_MS = 350;
/** So many at once that a replica dies with some of them in its hands. */
const RUSH = 40;

/** What somebody looks at. */
export interface Screen {
  service: string;
  path: string;
  token(): string;
  /** stands in every right answer */
  shows: string;
}

/** Readers of every service: each looks at one screen after the other, all the time. */
export class Screens {
  readonly answers: ReadonlyMap<string, Answers>;
  private readonly running = new Set<Promise<unknown>>();
  private isPaused = true;

  constructor(
    private readonly screens: readonly Screen[],
    private readonly line: Line,
    private readonly readersOfEach: number,
  ) {
    this.answers = new Map(screens.map(({ service }) => [service, noAnswers()]));
  }

  start(): void {
    this.isPaused = false;
    for (const service of this.answers.keys())
      for (let reader = 0; reader < this.readersOfEach; reader += 1) this.run(this.look(service, reader));
  }

  async pause(): Promise<void> {
    this.isPaused = true;
    await Promise.all(this.running);
  }

  /** Many requests at once: to the service, or to all when it is none of them, as a gateway or a node of NATS. */
  rush(service: string): void {
    const screens = this.answers.has(service) ? this.of(service) : this.screens;
    for (let i = 0; i < RUSH; i += 1) this.run(this.lookAt(screens[i % screens.length]!));
  }

  /** Looks at each screen once. @returns those that do not show what they must; null for none */
  async notThere(): Promise<string | null> {
    const answers = noAnswers();
    const line = { ...this.line, ledger: { violations: [] as string[] } };
    const found: string[] = [];
    for (const { path, token, shows } of this.screens) {
      const body = await ask(line, answers, path, { headers: { authorization: `Bearer ${token()}` } });
      if (!body?.includes(shows))
        found.push(`${path}: ${(body?.toString() ?? line.ledger.violations.join()).slice(0, 200)}`);
    }
    return found.join('; ') || null;
  }

  private run(work: Promise<unknown>): void {
    this.running.add(work);
    void work.finally(() => this.running.delete(work));
  }

  private async look(service: string, reader: number): Promise<void> {
    const screens = this.of(service);
    await delay(Math.random() * PAUSE_MS);
    for (let at = reader; !this.isPaused; at += 1) {
      await this.lookAt(screens[at % screens.length]!);
      await delay(PAUSE_MS);
    }
  }

  private async lookAt({ service, path, token, shows }: Screen): Promise<void> {
    const headers = { authorization: `Bearer ${token()}` };
    const body = await ask(this.line, this.answers.get(service)!, path, { headers });
    if (body && !body.includes(shows))
      this.line.ledger.violations.push(`${path} did not show ${shows}: ${body.toString().slice(0, 300)}`);
  }

  private of(service: string): Screen[] {
    return this.screens.filter((screen) => screen.service === service);
  }
}
