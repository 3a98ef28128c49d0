import { guardianActorOf, type Tokens } from '../people.js';
import { OPERATOR } from '../platform.js';
import { dayOf, type Region } from './region.js';

const CHAINS = 8;
const TURNS = 100;

/**
 * A platform that has just started works at a third of its speed for some seconds; a region's does not start at half past seven. Some
 * sessions are refreshed time and again and some diaries read, before the day begins.
 */
export async function warmUp(url: string, region: Region, tokens: Tokens): Promise<void> {
  await Promise.all(
    Array.from({ length: CHAINS }, async (_, chain) => {
      const session = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(OPERATOR),
      });
      let cookie = cookieOf(session);
      for (let turn = 0; turn < TURNS; turn += 1) {
        cookie = cookieOf(
          await fetch(`${url}/api/v1/session/refresh`, { method: 'POST', headers: { cookie } }),
        );
        const one = region.classes[(chain * TURNS + turn) % region.classes.length]!;
        const studentId = one.pupils[0]!;
        const token = await tokens.of(guardianActorOf(one.schoolId, studentId));
        const range = `from=${dayOf(region, 5)}&to=${dayOf(region, 0)}`;
        const week = await fetch(`${url}/api/v1/diary/${studentId}/days?${range}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        if (!week.ok) throw new Error(`the warm-up was answered ${week.status}: ${await week.text()}`);
        await week.arrayBuffer();
      }
    }),
  );
}

function cookieOf(answer: Response): string {
  if (!answer.ok) throw new Error(`the warm-up was answered ${answer.status}`);
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}
