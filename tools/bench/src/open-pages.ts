import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { DiaryChanged, DiaryDaysView } from '@parta/contracts-diary';
import { call } from './http.js';

/** As the web application does (TOGETHER_MS in live-diary.tsx): what comes together is asked for once. */
const TOGETHER_MS = 60;

/** A diary that is open on the week of a lesson. */
export interface OpenPage {
  studentId: string;
  token: string;
  /** the one whose first mark is waited for */
  lessonId: string;
  /** what the page shows */
  from: string;
  to: string;
}

/**
 * Open diaries of families: each holds the stream of what is new, and asks anew for what it shows when it is told, as the
 * web application does.
 */
export class OpenPages {
  private readonly streams = new Map<string, IncomingMessage>();
  /** is told of each pupil whose diary an event says has changed */
  heard: (studentId: string) => void = () => undefined;
  /** is told of each pupil whose page has got the mark */
  shows: (studentId: string) => void = () => undefined;

  constructor(private readonly url: string) {}

  has(studentId: string): boolean {
    return this.streams.has(studentId);
  }

  async open(page: OpenPage): Promise<void> {
    const stream = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${this.url}/api/v1/live`, { headers: { authorization: `Bearer ${page.token}` } }, resolve).on(
        'error',
        reject,
      );
    });
    if (stream.statusCode !== 200) throw new Error(`the live stream was answered ${stream.statusCode}`);
    let isAsking = false;
    await new Promise<void>((resolve) => {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop()!;
        for (const event of events) {
          if (event.startsWith('event: ready')) resolve();
          if (!event.startsWith('event: changed')) continue;
          this.heard(page.studentId);
          if (isAsking) continue;
          isAsking = true;
          const change = JSON.parse(event.slice(event.indexOf('data: ') + 6)) as DiaryChanged;
          void delay(TOGETHER_MS).then(() => {
            isAsking = false;
            return this.askAnew(page, change);
          });
        }
      });
    });
    this.streams.set(page.studentId, stream);
  }

  /** What the page shows is asked for anew; the day that the event names only where the page does not show it. */
  private async askAnew(page: OpenPage, { date }: DiaryChanged): Promise<void> {
    const { studentId, token, from, to, lessonId } = page;
    const days = (first: string, last: string): Promise<DiaryDaysView> =>
      call(this.url, 'GET', `/api/v1/diary/${studentId}/days?from=${first}&to=${last}`, {
        authorization: `Bearer ${token}`,
      });
    try {
      const shown = await days(from, to);
      const other = date && (date < from || date > to) ? await days(date, date) : shown;
      if (hasMark(shown, lessonId) || hasMark(other, lessonId)) this.shows(studentId);
    } catch {
      // The mark counts as one that has not come.
    }
  }

  close(): void {
    for (const stream of this.streams.values()) stream.destroy();
    this.streams.clear();
  }
}

const hasMark = ({ days }: DiaryDaysView, lessonId: string): boolean =>
  days.some(({ lessons }) => lessons.some((one) => one.lessonId === lessonId && one.marks.length > 0));
