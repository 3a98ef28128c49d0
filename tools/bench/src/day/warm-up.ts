import type { Tokens } from '../people.js';
import { OPERATOR } from '../platform.js';
import type { Planned } from './plan.js';
import { Players } from './players.js';
import type { Region } from './region.js';

const CHAINS = 8;
const TURNS = 100;
const LESSONS = 800;
/** Lessons that the day itself leaves alone. */
const DAYS_AGO = 3;
const PAUSE_MS = 40;

/**
 * A platform that has just started works at a third of its speed for some seconds; a region's does not start at half past seven. Some
 * sessions are refreshed time and again, some lessons of another day are written up and some diaries read, before the day begins.
 */
export async function warmUp(url: string, region: Region, tokens: Tokens): Promise<void> {
  const { classes } = region;
  const lessons = Math.min(LESSONS, classes.length * classes[0]!.groups.length);
  const deeds = Array.from({ length: lessons }, (_, i): Planned[] => {
    const one = classes[i % classes.length]!;
    const group = Math.floor(i / classes.length);
    const at = i * PAUSE_MS;
    const lesson = { one, group, daysAgo: DAYS_AGO, seed: i, at };
    const child = { one, pupil: i % one.pupils.length, at };
    return [
      { kind: 'page', ...lesson },
      { kind: 'entries', ...lesson },
      { kind: 'description', ...lesson },
      { kind: 'week', ...child },
      { kind: 'marks', ...child },
    ];
  });
  const [{ failures }] = await Promise.all([
    new Players(url, region, tokens).play(deeds.flat(), () => undefined),
    refreshTimeAndAgain(url),
  ]);
  const refused = [...failures.keys()].find((what) => /: 4\d\d /.test(what));
  if (refused) throw new Error(`the warm-up was refused: ${refused}`);
}

async function refreshTimeAndAgain(url: string): Promise<void> {
  await Promise.all(
    Array.from({ length: CHAINS }, async () => {
      const session = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(OPERATOR),
      });
      let cookie = cookieOf(session);
      for (let turn = 0; turn < TURNS; turn += 1)
        cookie = cookieOf(
          await fetch(`${url}/api/v1/session/refresh`, { method: 'POST', headers: { cookie } }),
        );
    }),
  );
}

function cookieOf(answer: Response): string {
  if (!answer.ok) throw new Error(`the warm-up was answered ${answer.status}`);
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}
