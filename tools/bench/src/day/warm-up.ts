import type { Accounts } from './accounts.js';
import type { Planned } from './plan.js';
import { Players } from './players.js';
import type { Region } from './region.js';

const LESSONS = 800;
/** Lessons that the day itself leaves alone. */
const DAYS_AGO = 3;
const PAUSE_MS = 40;
/** However slow the platform still is, no session is lost to it: a refresh that waits for too long cannot be repeated. */
const AT_ONCE = 16;
/** Of so many families one signs in with the password. */
const FAMILIES_PER_PASSWORD = 10;

/**
 * A platform that has just started works at a third of its speed for some seconds; a region's does not start at half past seven. Some
 * lessons of another day are written up and some families come and read, before the day begins.
 */
export async function warmUp(url: string, region: Region, accounts: Accounts): Promise<void> {
  const { classes } = region;
  const lessons = Math.min(LESSONS, classes.length * classes[0]!.groups.length);
  const deeds = Array.from({ length: lessons }, (_, i): Planned[] => {
    const one = classes[i % classes.length]!;
    const group = Math.floor(i / classes.length);
    const at = i * PAUSE_MS;
    const lesson = { one, group, daysAgo: DAYS_AGO, seed: i, at };
    const withPassword = i % FAMILIES_PER_PASSWORD === 0;
    return [
      { kind: 'page', ...lesson },
      { kind: 'entries', ...lesson },
      { kind: 'description', ...lesson },
      { kind: 'visit', one, pupil: i % one.pupils.length, withPassword, looksAtMarks: true, at },
    ];
  });
  const { failures } = await new Players(url, region, accounts, AT_ONCE).play(deeds.flat(), () => undefined);
  const refused = [...failures.keys()].find((what) => /: 4\d\d /.test(what));
  if (refused) throw new Error(`the warm-up was refused: ${refused}`);
}
