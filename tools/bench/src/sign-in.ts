import { hash, verify } from '@node-rs/argon2';
import { call, JSON_BODY } from './http.js';
import { timesOf } from './percentile.js';

const TURNS = 40;

/** Milliseconds of a sign-in beside its hashing: the median of sign-ins one after another, less that of the hashing alone. */
export async function signInBesideHashing(
  url: string,
  account: { login: string; password: string },
): Promise<{ whole: number; hashing: number }> {
  // As identity's PasswordHasher: what is taken away has to be what it does.
  const kept = await hash(account.password, {
    algorithm: 2,
    memoryCost: 32_768,
    timeCost: 2,
    parallelism: 1,
  });
  const whole: number[] = [];
  const hashing: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    let from = performance.now();
    await verify(kept, account.password);
    hashing.push(performance.now() - from);
    from = performance.now();
    await call(url, 'POST', '/api/v1/session', JSON_BODY, JSON.stringify(account));
    whole.push(performance.now() - from);
  }
  return { whole: timesOf(whole).p50, hashing: timesOf(hashing).p50 };
}
