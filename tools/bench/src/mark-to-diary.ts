import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@parta/platform-messaging';
import { lessonOf, type BenchClass } from './district.js';

const PER_SECOND = 50;

export interface Latency {
  marks: number;
  p50: number;
  p99: number;
  worst: number;
  lost: number;
}

/**
 * Gives marks at 50 commands a second, each to another pupil, and waits for the word that the pupil's diary shows it:
 * the diary says so to open pages after its commit. The time begins when the command is sent.
 */
export async function markToDiary(
  url: string,
  bus: Bus,
  classes: readonly BenchClass[],
  tokenOf: (one: BenchClass) => Promise<string>,
  seconds: number,
  emptyLesson: number,
): Promise<Latency> {
  const sent = new Map<string, number>();
  const took: number[] = [];
  const subscription = bus.nats.subscribe('live.diary.*.*', {
    callback: (_error, message) => {
      const student = message.subject.split('.').at(-1)!;
      const at = sent.get(student);
      if (at === undefined) return;
      sent.delete(student);
      took.push(performance.now() - at);
    },
  });
  await bus.nats.flush();
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  const total = seconds * PER_SECOND;
  for (let turn = 0; turn < total; turn += 1) {
    const one = classes[turn % classes.length]!;
    const studentId = one.pupils[Math.floor(turn / classes.length) % one.pupils.length]!;
    const token = await tokenOf(one);
    await delay(Math.max(0, startedAt + (turn * 1000) / PER_SECOND - performance.now()));
    sent.set(studentId, performance.now());
    answers.push(
      fetch(`${url}/api/v1/journal/lessons/${lessonOf(one.emptyGroupId, emptyLesson)}/entries`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ entries: [{ kind: 'mark', studentId, value: '5', cellVersion: 0 }] }),
      }).then(async (answer) => {
        if (answer.status !== 200)
          throw new Error(`a mark was answered ${answer.status}: ${await answer.text()}`);
      }),
    );
  }
  await Promise.all(answers);
  for (let waited = 0; sent.size > 0 && waited < 10_000; waited += 50) await delay(50);
  subscription.unsubscribe();
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))]!;
  return { marks: total, p50: at(0.5), p99: at(0.99), worst: took.at(-1)!, lost: sent.size };
}
