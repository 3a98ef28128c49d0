import { randomUUID } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diaryChangedSubject, type DiaryChanged } from '@parta/contracts-diary';
import { aDescription, anAttendance } from '@parta/contracts-journal/testing';
import type { Envelope } from '@parta/platform-contract';
import { eventually } from '@parta/platform-testing';
import { DiaryUnderTest, TODAY } from './diary-under-test.js';

describe('an open page whose replica of the diary has died', () => {
  let diary: DiaryUnderTest;
  const told: DiaryChanged[] = [];

  beforeAll(async () => {
    diary = await DiaryUnderTest.start();
    await diary.tellLesson();
    await eventually(async () => expect((await diary.day()).lessons).toHaveLength(1));
    const { bench, schoolId, pupil } = diary;
    bench.bus.nats.subscribe(diaryChangedSubject(schoolId, pupil), {
      callback: (_error, message) => void told.push(message.json<DiaryChanged>()),
    });
    await bench.bus.nats.flush();
  }, 60_000);

  afterAll(() => diary?.stop());

  /** A replica takes so many of the journal's facts, commits what they come to, and dies before it has told or acknowledged anything. */
  const dieAfterCommit = async (count: number): Promise<void> => {
    const { bus, admin } = diary.bench;
    const consumer = await bus.jetStream.consumers.get(await bus.ensureStream('journal'), 'diary__journal');
    const taken: JsMsg[] = [];
    while (taken.length < count) taken.push((await consumer.next({ expires: 5000 }))!);
    const ids = taken.map((message) => message.json<Envelope>().id);
    await admin.query(
      `insert into inbox (consumer, fact_id) select 'diary__journal', id from unnest($1::uuid[]) as id`,
      [ids],
    );
    for (const message of taken) message.nak();
    await bus.nats.flush();
  };

  it('is told by the one that takes over, for each kind of change', async () => {
    const { bench, circumstances, pupil, schoolId, tell } = diary;
    await bench.restart(async () => {
      await diary.tellMark('5');
      await tell(anAttendance(circumstances, pupil, 'LATE', { minutesLate: 5 }));
      await tell(aDescription(circumstances, { topic: 'Степень' }));
      await dieAfterCommit(3);
    });
    const change = { schoolId, studentId: pupil, date: TODAY };
    await eventually(() =>
      expect(told).toEqual(
        expect.arrayContaining([
          { kind: 'mark', ...change },
          { kind: 'attendance', ...change },
          { kind: 'lesson', ...change },
        ]),
      ),
    );
  });

  it('is not told a second time of a fact that its producer has published twice', async () => {
    const { bench, pupil, circumstances } = diary;
    const envelope = await lastOfJournal(diary);
    told.length = 0;
    await bench.bus.jetStream.publish(envelope.subject, envelope.text);
    await diary.tellMark('4', { markId: randomUUID() });
    await eventually(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatchObject({ kind: 'mark', studentId: pupil, date: circumstances.date });
  });
});

async function lastOfJournal({ bench }: DiaryUnderTest): Promise<{ subject: string; text: string }> {
  const stream = await bench.bus.ensureStream('journal');
  const { state } = await bench.bus.manager.streams.info(stream);
  const message = await bench.bus.manager.streams.getMessage(stream, { seq: state.last_seq });
  return { subject: message!.subject, text: message!.string() };
}
