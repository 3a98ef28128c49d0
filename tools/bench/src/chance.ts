import { createHash } from 'node:crypto';

/** Numbers from 0 to less than 1, the same in every run; each seed has a row of its own. */
export function chance(seed: number): () => number {
  let at = 0;
  return () =>
    createHash('sha1')
      .update(`${seed}/${(at += 1)}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
}
