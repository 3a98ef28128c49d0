import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@parta/platform-messaging';
import type { BenchClass } from './district.js';
import type { FamilyReceivers } from './family-receivers.js';
import { emailOf, heardLessonOf, phoneOf } from './lay-families.js';
import type { OpenPages } from './open-pages.js';
import { timesOf, type Times } from './percentile.js';

export const COMMANDS_PER_SECOND = 50;
const PATIENCE_MS = 20_000;

/** Where a mark arrives, and how long after the teacher has sent it. */
export const STATIONS = ['diary', 'event', 'page', 'email', 'sms'] as const;
export type Station = (typeof STATIONS)[number];

export interface Journey {
  times: Record<Station, Times>;
  lost: Record<Station, number>;
  sent: number;
}

/** A mark that is going to be given, to a pupil who gets no other. */
export interface ComingMark {
  one: BenchClass;
  studentId: string;
  lessonId: string;
}

/** The marks of so many seconds, one class after another. @param classes whose families hear of marks */
export function comingMarks(classes: readonly BenchClass[], seconds: number): ComingMark[] {
  return Array.from({ length: seconds * COMMANDS_PER_SECOND }, (_, turn) => {
    const one = classes[turn % classes.length]!;
    const studentId = one.pupils[Math.floor(turn / classes.length)];
    if (!studentId) throw new Error('the district has too few pupils');
    return { one, studentId, lessonId: heardLessonOf(one) };
  });
}

/**
 * Gives marks at 50 commands a second and takes the time from the sending of the command until the diary has it (it says so
 * after its commit), an open page of the family has been told by an event, and has the mark in what it then asked for, the
 * mail server and the SMS centre have taken the message.
 * @param pages open pages of some of the pupils' families
 */
export async function markToFamily(
  url: string,
  bus: Bus,
  marks: readonly ComingMark[],
  tokenOf: (one: BenchClass) => Promise<string>,
  pages: OpenPages,
  receivers: FamilyReceivers,
): Promise<Journey> {
  const waiting = {} as Record<Station, Map<string, number>>;
  const took = {} as Record<Station, number[]>;
  for (const station of STATIONS) [waiting[station], took[station]] = [new Map(), []];
  const arrived = (station: Station, key: string): void => {
    const at = waiting[station].get(key);
    if (at === undefined) return;
    waiting[station].delete(key);
    took[station].push(performance.now() - at);
  };
  const subscription = bus.nats.subscribe('live.diary.*.*', {
    callback: (_error, message) => arrived('diary', message.subject.split('.').at(-1)!),
  });
  await bus.nats.flush();
  pages.heard = (studentId) => arrived('event', studentId);
  pages.shows = (studentId) => arrived('page', studentId);
  receivers.received = (channel, to) => arrived(channel, to);

  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  for (const [turn, { one, studentId, lessonId }] of marks.entries()) {
    const token = await tokenOf(one);
    await delay(Math.max(0, startedAt + (turn * 1000) / COMMANDS_PER_SECOND - performance.now()));
    const now = performance.now();
    waiting.diary.set(studentId, now);
    if (pages.has(studentId))
      for (const station of ['event', 'page'] as const) waiting[station].set(studentId, now);
    waiting.email.set(emailOf(studentId), now);
    waiting.sms.set(phoneOf(studentId), now);
    answers.push(giveMark(url, token, lessonId, studentId));
  }
  await Promise.all(answers);
  const isOver = (): boolean => STATIONS.every((station) => waiting[station].size === 0);
  for (let waited = 0; !isOver() && waited < PATIENCE_MS; waited += 50) await delay(50);
  subscription.unsubscribe();
  const each = <T>(of: (station: Station) => T): Record<Station, T> =>
    Object.fromEntries(STATIONS.map((station) => [station, of(station)])) as Record<Station, T>;
  return {
    sent: marks.length,
    times: each((station) => ({
      ...timesOf(took[station].length > 0 ? took[station] : [Infinity]),
      count: took[station].length,
    })),
    lost: each((station) => waiting[station].size),
  };
}

async function giveMark(url: string, token: string, lessonId: string, studentId: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/journal/lessons/${lessonId}/entries`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ entries: [{ kind: 'mark', studentId, value: '5', cellVersion: 0 }] }),
  });
  if (answer.status !== 200) throw new Error(`a mark was answered ${answer.status}: ${await answer.text()}`);
}
