import { withSession } from './client';
import { EventParser, reconnectDelay } from './sse';
import { plainFetch } from './transport';

export interface DiaryChanged {
  kind: 'mark' | 'attendance' | 'lesson' | 'timetable';
  schoolId: string;
  studentId: string;
  /** null when more than one day changed */
  date: string | null;
}

export interface JournalChanged {
  kind: 'journal';
  schoolId: string;
  groupId: string;
  /** null when more than one day changed */
  date: string | null;
}

interface LiveListener<T> {
  /** `isAgain`: something may have been missed in between */
  onOpen(isAgain: boolean): void;
  onChanged(change: T): void;
  onInterrupted(): void;
}

/** The server says something every 15 seconds; a line that is silent for longer is dead. */
const SILENCE_MS = 40_000;
const HIDDEN_MS = 2 * 60_000;

/**
 * Follows what is new for this account at that address until the returned function is called. EventSource cannot send the access
 * token, hence `fetch`. The server ends every stream after some minutes; that is no interruption, and a new one
 * is opened with a token that is valid again.
 */
function followLive<T extends { kind: string }>(
  listener: LiveListener<T>,
  { path, isOurs }: { path: string; isOurs(change: { kind: string }): boolean },
): () => void {
  let stream: AbortController | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasOpen = false;
  let isPaused = false;
  let isOver = false;

  const onEvent = (event: string, data: string) => {
    if (event === 'ready') {
      failures = 0;
      listener.onOpen(wasOpen);
      wasOpen = true;
    }
    if (event !== 'changed') return;
    const change = JSON.parse(data) as T;
    if (isOurs(change)) listener.onChanged(change);
  };

  async function open(): Promise<void> {
    clearTimeout(waiting);
    if (stream || isOver || isPaused) return;
    const own = (stream = new AbortController());
    let endedByServer = false;
    try {
      await read(path, own, onEvent);
      endedByServer = true;
    } catch {
      // What comes of it is decided below; a session that has ended shows itself by the sign-in page.
    }
    if (stream === own) stream = null;
    if (isOver || isPaused) return;
    failures += 1;
    if (!endedByServer || failures > 1) listener.onInterrupted();
    waiting = setTimeout(() => void open(), reconnectDelay(failures));
  }

  function close(): void {
    clearTimeout(waiting);
    stream?.abort();
    stream = null;
  }

  function onVisibility(): void {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        isPaused = true;
        close();
      }, HIDDEN_MS);
    } else {
      isPaused = false;
      void open();
    }
  }

  const onOnline = () => void open();
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  if (document.hidden) onVisibility();
  void open();

  return () => {
    isOver = true;
    clearTimeout(hiding);
    close();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
  };
}

async function read(
  path: string,
  own: AbortController,
  onEvent: (event: string, data: string) => void,
): Promise<void> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => own.abort(), SILENCE_MS);
  };
  try {
    alive();
    const { body } = await withSession((headers) =>
      plainFetch(new Request(path, { headers, signal: own.signal, cache: 'no-store' })),
    );
    if (!body) return;
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      for (const { event, data } of parser.push(decoder.decode(value, { stream: true })))
        onEvent(event, data);
    }
  } finally {
    clearTimeout(silence);
  }
}

/** What is new in the diaries of this family. */
export const followDiaries = (listener: LiveListener<DiaryChanged>): (() => void) =>
  followLive(listener, { path: '/api/v1/live', isOurs: ({ kind }) => kind !== 'journal' });

/** What is new in the journal of a group, or in every journal of the school. */
export const followJournal = (of: string, listener: LiveListener<JournalChanged>): (() => void) =>
  followLive(listener, {
    path: `/api/v1/live?journal=${encodeURIComponent(of)}`,
    isOurs: ({ kind }) => kind === 'journal',
  });
