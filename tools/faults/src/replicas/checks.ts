import type { Answers } from '../load.js';
import type { Scene } from './scene.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Counts = Map<string, Answers>;

/** What was to hold, and whether it did, line by line. */
export class Checks {
  readonly problems: string[] = [];
  private checks = 0;
  private before: Counts = new Map();

  check(what: string, problem: string | null | false): void {
    this.checks += 1;
    say(`${problem ? '✗' : '✓'} ${what}${problem ? `: ${problem}` : ''}`);
    if (problem) this.problems.push(what);
  }

  /** Of requests, by what they asked for, since the last time. */
  requests(when: string, scene: Scene): void {
    for (const [name, { ok, refused, slowestMs, codes }] of answersOf(scene)) {
      const before = this.before.get(name);
      const [answered, failed] = [ok - (before?.ok ?? 0), refused - (before?.refused ?? 0)];
      this.check(
        `${name} ${when}: ${answered} answered, ${failed} failed, the slowest of all in ${Math.round(slowestMs)} ms`,
        failed > 0 && JSON.stringify(codes),
      );
    }
    this.before = structuredClone(answersOf(scene));
    if (!scene.sessions) return;
    const { refreshes, again } = scene.sessions;
    say(
      `  ${refreshes.ok} refreshes of sessions answered until now, ${again} sent once more by the page, the slowest in ${Math.round(refreshes.slowestMs)} ms`,
    );
  }

  /** Of pages that were open all the while. */
  pages({ pages }: Scene, missed: string | null): void {
    const sum = (pick: (page: Scene['pages'][number]) => number): number =>
      pages.reduce((all, page) => all + pick(page), 0);
    this.check(
      `${pages.length} open pages: of ${sum((page) => page.entered)} changes entered ${sum((page) => page.heard)} were told at once, streams were opened anew ${sum((page) => page.opened - 1)} times, nothing is missed for good`,
      missed,
    );
  }

  end(): void {
    say(`\n${this.checks - this.problems.length} passed, ${this.problems.length} failed`);
  }
}

function answersOf({ load, screens, pageReads }: Scene): Counts {
  const reads = [...screens.answers].map(([service, answers]) => [`reads of ${service}`, answers] as const);
  return new Map([...reads, ['reads of open pages', pageReads], ['writes', load.writes]]);
}
