import { describe, expect, it } from '@jest/globals';
import { RefreshToken, refreshTokenKey } from './refresh-token.js';
import { Session } from './session.entity.js';

const KEY = refreshTokenKey('a private key');
const IDLE = 30 * 60_000;
const START = new Date('2026-09-01T08:00:00Z');
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

const begin = () =>
  Session.start({ accountId: crypto.randomUUID(), address: null, userAgent: null }, START, 30 * 86_400_000);

describe('a session', () => {
  it('replaces its refresh token at each use and keeps none', () => {
    const { session, token } = begin();
    const second = session.refresh(token, KEY, IDLE, after(60)).token!;
    const third = session.refresh(second, KEY, IDLE, after(120)).token!;
    expect(new Set([token, second, third].map(String)).size).toBe(3);
    const kept = Object.values(session).map(String).join();
    for (const one of [token, second, third]) expect(kept).not.toContain(String(one));
  });

  it('answers two tabs that come with one token with one successor', () => {
    const { session, token } = begin();
    const first = session.refresh(token, KEY, IDLE, after(60)).token!;
    const second = session.refresh(token, KEY, IDLE, after(70)).token!;
    expect(String(second)).toBe(String(first));
    expect(session.refresh(first, KEY, IDLE, after(80)).token).toBeDefined();
  });

  it('ends for everybody when a token comes again after the ten seconds of grace', () => {
    const { session, token } = begin();
    const current = session.refresh(token, KEY, IDLE, after(60)).token!;
    expect(session.refresh(token, KEY, IDLE, after(71)).refusal).toBe('token-reused');
    expect(session.refresh(current, KEY, IDLE, after(72)).refusal).toBe('ended');
  });

  it('ends when an older token than the predecessor comes, grace or not', () => {
    const { session, token } = begin();
    const second = session.refresh(token, KEY, IDLE, after(1)).token!;
    session.refresh(second, KEY, IDLE, after(2));
    expect(session.refresh(token, KEY, IDLE, after(3)).refusal).toBe('token-reused');
  });

  it('ends when it was idle for longer than the limit, and says so again', () => {
    const { session, token } = begin();
    const second = session.refresh(token, KEY, IDLE, after(30 * 60)).token!;
    expect(session.refresh(second, KEY, IDLE, after(60 * 60 + 1)).refusal).toBe('idle');
    expect(session.refresh(second, KEY, IDLE, after(60 * 60 + 2)).refusal).toBe('idle');
  });

  it('ends after its longest time however much it is used', () => {
    const { session, token } = Session.start(
      { accountId: crypto.randomUUID(), address: null, userAgent: null },
      START,
      3_600_000,
    );
    const second = session.refresh(token, KEY, IDLE, after(1800)).token!;
    expect(session.refresh(second, KEY, IDLE, after(3600)).refusal).toBe('ended');
  });

  it('cannot be followed without the key of the service', () => {
    const { token } = begin();
    expect(String(token.next(refreshTokenKey('another key')))).not.toBe(String(token.next(KEY)));
  });
});

it('what is no refresh token is not read as one', () => {
  for (const text of [undefined, '', 'x', 'ы'.repeat(64), 'A'.repeat(63)])
    expect(RefreshToken.read(text)).toBeNull();
  const token = RefreshToken.first('01890a5d-ac96-774b-bcce-b302099a8057');
  expect(String(RefreshToken.read(String(token)))).toBe(String(token));
});
