import type { Reply } from './door.js';

/** So many calls, some of them at once; how often each answer came. */
export async function flood(
  calls: number,
  atOnce: number,
  call: (i: number) => Promise<Reply>,
): Promise<Map<string, Reply[]>> {
  const answers: Reply[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < calls) answers.push(await call(next++));
    }),
  );
  return Map.groupBy(answers, ({ status, code }) => `${status} ${code}`);
}

/** Whether each of them says when to come again. */
export const waits = (replies: readonly Reply[] = []): boolean =>
  replies.every(({ headers }) => Number(headers.get('retry-after')) >= 1);
