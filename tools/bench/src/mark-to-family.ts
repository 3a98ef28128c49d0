import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@parta/platform-messaging';
import { lessonOf, SHAPE, type BenchClass } from './district.js';
import { emailOf, phoneOf } from './lay-families.js';
import type { OpenPages } from './open-pages.js';
import { timesOf, type Times } from './percentile.js';
import type { FamilyReceivers } from './family-receivers.js';

export const COMMANDS_PER_SECOND = 50;
const PATIENCE_MS = 20_000;

/** Where a mark arrives, and how long after the teacher has sent it. */
export const STATIONS = ['diary', 'page', 'email', 'sms'] as const;
export type Station = (typeof STATIONS)[number];

export interface Journey {
  times: Record<Station, Times>;
  lost: Record<Station, number>;
  sent: number;
}

/**
 * Gives marks at 50 commands a second, each to another pupil, and takes the time from the sending of the command until the
 * diary has it (it says so after its commit), an open page of the family hears of it, the mail server and the SMS centre
 * have taken the message.
 * @param classes whose families hear of marks
 * @param pages open pages of some of the pupils' families
 */
export async function markToFamily(
  url: string,
  bus: Bus,
  classes: readonly BenchClass[],
  tokenOf: (one: BenchClass) => Promise<string>,
  seconds: number,
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
  pages.heard = (studentId) => arrived('page', studentId);
  receivers.received = (channel, to) => arrived(channel, to);

  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  const total = seconds * COMMANDS_PER_SECOND;
  for (let turn = 0; turn < total; turn += 1) {
    const one = classes[turn % classes.length]!;
    const round = Math.floor(turn / classes.length);
    const studentId = one.pupils[round % one.pupils.length]!;
    // Each pupil has one mark in a lesson; whoever has a turn again has it in another lesson.
    const lesson = SHAPE.emptyLessonsPerClass - 1 - Math.floor(round / one.pupils.length);
    const token = await tokenOf(one);
    await delay(Math.max(0, startedAt + (turn * 1000) / COMMANDS_PER_SECOND - performance.now()));
    const now = performance.now();
    waiting.diary.set(studentId, now);
    if (pages.has(studentId)) waiting.page.set(studentId, now);
    waiting.email.set(emailOf(studentId), now);
    waiting.sms.set(phoneOf(studentId), now);
    answers.push(giveMark(url, token, lessonOf(one.emptyGroupId, lesson), studentId));
  }
  await Promise.all(answers);
  const isOver = (): boolean => STATIONS.every((station) => waiting[station].size === 0);
  for (let waited = 0; !isOver() && waited < PATIENCE_MS; waited += 50) await delay(50);
  subscription.unsubscribe();
  const each = <T>(of: (station: Station) => T): Record<Station, T> =>
    Object.fromEntries(STATIONS.map((station) => [station, of(station)])) as Record<Station, T>;
  return {
    sent: total,
    times: each((station) => timesOf(took[station].length > 0 ? took[station] : [Infinity])),
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
