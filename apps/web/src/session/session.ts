import { ApiError } from '../api/error';
import type { components } from '../api/generated/schema';
import { publicApi } from '../api/public-client';
import { bodyOf } from '../api/transport';
import { inOneTab } from './lock';
import { recall, remember } from './storage';

type SessionView = components['schemas']['SessionView'];
/** `left`: signed out here. `idle`: nobody was at the screen. `ended`: the server does not know the session any more. */
export type SignedOutReason = 'left' | 'idle' | 'ended' | null;

export type SessionState =
  | { status: 'restoring' }
  | { status: 'unreachable'; error: ApiError }
  | { status: 'signed-out'; reason: SignedOutReason }
  | { status: 'signed-in'; mustChangePassword: boolean };

type TabMessage =
  | { type: 'signed-in' }
  | { type: 'signed-out'; reason: SignedOutReason }
  | { type: 'token'; session: SessionView };

const RENEW_BEFORE_MS = 15_000;
/** Whatever reads or sets the refresh cookie does so in turn, over all tabs. */
const COOKIE = 'parta.refresh';
const tabs = new BroadcastChannel('parta.session');

// The access token lives in memory only: a script that reads the storage of the browser finds nothing.
let token: { value: string; expiresAt: number } | null = null;
let state: SessionState = { status: 'restoring' };
let refreshing: Promise<void> | null = null;
/** Counts the endings: an answer that was asked for before the last of them must not open the session again. */
let endings = 0;
const listeners = new Set<() => void>();

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

function take(session: SessionView): void {
  token = { value: session.accessToken, expiresAt: Date.now() + session.expiresIn * 1000 };
  remember('session', 'open');
  const { mustChangePassword } = session;
  if (state.status !== 'signed-in' || state.mustChangePassword !== mustChangePassword) {
    become({ status: 'signed-in', mustChangePassword });
  }
}

function drop(reason: SignedOutReason): void {
  endings += 1;
  refreshing = null;
  token = null;
  remember('session', 'none');
  become({ status: 'signed-out', reason });
}

const tell = (message: TabMessage): void => tabs.postMessage(message);

tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => {
  if (data.type === 'signed-out' && state.status !== 'signed-out') drop(data.reason);
  if (data.type === 'token' && state.status === 'signed-in') take(data.session);
  if (data.type === 'signed-in' && state.status !== 'signed-in') void restoreSession(true);
};

/** One refresh at a time, over all tabs: a refresh token is good for one use. */
export function refreshSession(): Promise<void> {
  if (refreshing) return refreshing;
  const before = token;
  const endingsBefore = endings;
  const isOver = () => endings !== endingsBefore;
  const work = inOneTab(COOKIE, async () => {
    if (isOver()) return;
    // Another tab may have refreshed, and told us, while we waited for the turn.
    if (token !== before && token && token.expiresAt > Date.now() + RENEW_BEFORE_MS) return;
    const session = await bodyOf(publicApi.POST('/api/v1/session/refresh'));
    if (isOver()) return;
    take(session);
    tell({ type: 'token', session });
  })
    .catch((error: unknown) => {
      if (!isOver() && error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        drop(state.status === 'restoring' ? null : error.code === 'identity.session-idle' ? 'idle' : 'ended');
      }
      throw error;
    })
    .finally(() => {
      if (refreshing === work) refreshing = null;
    });
  refreshing = work;
  return work;
}

/** At the start of the page. A browser that is known to hold no session is not asked in vain. */
export async function restoreSession(always = false): Promise<void> {
  if (!always && recall('session') === 'none') return drop(null);
  become({ status: 'restoring' });
  try {
    await refreshSession();
  } catch (error) {
    // A 401 has made the state «signed out» already.
    if ((state as SessionState).status === 'restoring') {
      become({ status: 'unreachable', error: error instanceof ApiError ? error : ApiError.unreachable() });
    }
  }
}

/** A token that will last for the request at hand, or null when nobody is signed in. */
export async function freshToken(): Promise<string | null> {
  if (!token) return null;
  if (token.expiresAt < Date.now() + RENEW_BEFORE_MS) await refreshSession();
  return token?.value ?? null;
}

/** Whether the access token is near its end: somebody who only reads must not be taken for somebody who left. */
export const tokenIsOld = (): boolean => token !== null && token.expiresAt < Date.now() + 60_000;

export const signIn = (login: string, password: string): Promise<void> =>
  inOneTab(COOKIE, async () =>
    opened(await bodyOf(publicApi.POST('/api/v1/session', { body: { login, password } }))),
  );

export const checkInvitation = (code: string) =>
  bodyOf(publicApi.POST('/api/v1/invitations/check', { body: { code } }));

export const acceptInvitation = (
  code: string,
  login: string,
  password: string,
  joinOnly: boolean,
): Promise<void> =>
  inOneTab(COOKIE, async () =>
    opened(
      await bodyOf(
        publicApi.POST('/api/v1/invitations/accept', { body: { code, login, password, joinOnly } }),
      ),
    ),
  );

function opened(session: SessionView): void {
  take(session);
  tell({ type: 'signed-in' });
}

/** After a change of password the same person goes on with a new session, in every tab. */
export function sessionReplaced(session: SessionView): void {
  take(session);
  tell({ type: 'token', session });
}

export async function signOut(reason: 'left' | 'idle' = 'left'): Promise<void> {
  // Nobody waits for the network to leave: the screen is emptied first.
  drop(reason);
  tell({ type: 'signed-out', reason });
  // In turn with a refresh that is under way: its answer would bring a fresh cookie after the old one was given up.
  await inOneTab(COOKIE, () => publicApi.DELETE('/api/v1/session', { keepalive: true })).catch(
    () => undefined,
  );
}

/** The server refused the session itself. */
export function sessionRefused(): void {
  if (state.status !== 'signed-in') return;
  drop('ended');
  tell({ type: 'signed-out', reason: 'ended' });
}

export function passwordMustChange(): void {
  if (state.status === 'signed-in') become({ status: 'signed-in', mustChangePassword: true });
}

export const sessionState = (): SessionState => state;

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
