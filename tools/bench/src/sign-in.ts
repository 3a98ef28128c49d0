import { verify } from '@node-rs/argon2';
import type { Client } from 'pg';
import { call, JSON_BODY } from './http.js';
import { timesOf } from './percentile.js';

const TURNS = 40;

/** Milliseconds of a sign-in beside its hashing: the median of sign-ins one after another, less that of the hashing alone. */
export async function signInBesideHashing(
  url: string,
  admin: Client,
  account: { login: string; password: string },
): Promise<{ whole: number; hashing: number }> {
  // What is taken away has to be what identity does: its own hash says how.
  const kept = await passwordHashOf(admin, account.login);
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

/** As identity has made it. */
export async function passwordHashOf(admin: Client, login: string): Promise<string> {
  const { rows } = await admin.query<{ password_hash: string }>(
    'select password_hash from identity.accounts where login_key = $1',
    [login],
  );
  return rows[0]!.password_hash;
}
