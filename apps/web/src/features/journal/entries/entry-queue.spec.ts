import { BATCH_MS, EntryQueue } from './entry-queue';
import { Sitting } from './sitting';
import type { CellView, JournalEntry, RecordedEntries, Step, StoredQueue } from './types';

interface Sent {
  lessonId: string;
  entries: JournalEntry[];
  key: string;
  answer(cells: CellView[]): Promise<void>;
  fail(status: number, code: string, details?: Record<string, unknown>): Promise<void>;
}

const settled = async () => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

function setUp(there: CellView[] = []) {
  const sent: Sent[] = [];
  const timers: { ms: number; run: () => void; isOff: boolean }[] = [];
  let made = 0;
  const kept: { last: StoredQueue | null } = { last: null };
  const queue = new EntryQueue({
    send: (lessonId, entries, key) =>
      new Promise<RecordedEntries>((resolve, reject) => {
        sent.push({
          lessonId,
          entries,
          key,
          answer: (cells) => (resolve({ savedAt: '2026-11-21T11:32:00Z', cells }), settled()),
          fail: (status, code, details) => (reject({ status, code, details }), settled()),
        });
      }),
    read: () => Promise.resolve(there),
    newId: () => `id${(made += 1)}`,
    later: (ms, run) => {
      const timer = { ms, run, isOff: false };
      timers.push(timer);
      return () => {
        timer.isOff = true;
      };
    },
    keep: (stored) => {
      kept.last = stored && (JSON.parse(JSON.stringify(stored)) as StoredQueue);
    },
  });
  /** Lets every timer that waits run out. @returns how long the last of them was */
  const pass = async () => {
    const due = timers.splice(0).filter((timer) => !timer.isOff);
    for (const timer of due) timer.run();
    await settled();
    return due.at(-1)?.ms;
  };
  return { queue, sent, pass, kept };
}

const at = { lessonId: 'l1', studentId: 's1' };
const put = (value: '5' | '4' | '3' | '2', ref: string, studentId = 's1', lessonId = 'l1'): Step => ({
  lessonId,
  studentId,
  wish: { kind: 'mark', ref, value },
});
const absent = (code: 'ABSENT' | null, studentId = 's1'): Step => ({
  lessonId: 'l1',
  studentId,
  wish: { kind: 'attendance', code },
});
const view = (version: number, marks: [string, string][] = [], more: Partial<CellView> = {}): CellView => ({
  ...at,
  version,
  attendance: null,
  minutesLate: null,
  marks: marks.map(([markId, value]) => ({ markId, value, workTypeId: 'w1', comment: null, isLate: false })),
  ...more,
});
const values = (queue: EntryQueue, ref = at) => queue.cell(ref).marks.map(({ value }) => value);

describe('entries on their way', () => {
  it('shows a mark at once and sends it within a moment', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a')]);
    expect(values(queue)).toEqual(['5']);
    expect(queue.cell(at).state).toBe('pending');
    expect(await pass()).toBe(BATCH_MS);
    expect(sent[0]!.entries).toEqual([{ kind: 'mark', studentId: 's1', cellVersion: 0, value: '5' }]);
    await sent[0]!.answer([view(1, [['m1', '5']])]);
    expect(queue.cell(at).state).toBe('saved');
    expect(queue.status()).toMatchObject({ unsaved: 0, savedAt: '2026-11-21T11:32:00Z' });
  });

  it('sends a column as one command, lessons apart', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a', 's1'), put('4', 'b', 's2'), put('3', 'c', 's1', 'l2')]);
    await pass();
    expect(sent.map(({ lessonId, entries }) => [lessonId, entries.length])).toEqual([
      ['l1', 2],
      ['l2', 1],
    ]);
  });

  it('has one command of a lesson under way; the next knows the version of the answer', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a')]);
    await pass();
    queue.apply([put('4', 'b')]);
    await pass();
    expect(sent).toHaveLength(1);
    await sent[0]!.answer([view(1, [['m1', '5']])]);
    await pass();
    expect(sent[1]!.entries[0]).toMatchObject({ value: '4', cellVersion: 1 });
  });

  it('takes a mark back before it is sent without sending anything', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('4', 'a')]);
    queue.apply([{ ...at, wish: { kind: 'annulment', ref: 'a' } }]);
    await pass();
    expect(sent).toHaveLength(0);
    expect(queue.status().unsaved).toBe(0);
  });

  it('sends the last of several letters, and nothing when all is as it was', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([absent('ABSENT')]);
    queue.apply([absent(null)]);
    await pass();
    expect(sent).toHaveLength(0);
    expect(queue.status().unsaved).toBe(0);
  });

  it('corrects a mark that is under way once it has an id', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('4', 'a')]);
    await pass();
    queue.apply([{ ...at, wish: { kind: 'correction', ref: 'a', value: '5' } }]);
    expect(values(queue)).toEqual(['5']);
    await sent[0]!.answer([view(1, [['m1', '4']])]);
    await pass();
    expect(sent[1]!.entries[0]).toMatchObject({
      kind: 'correction',
      markId: 'm1',
      value: '5',
      cellVersion: 1,
    });
  });
});

describe('when the network fails', () => {
  it.each([
    [0, 'network.offline'],
    [503, 'service.unavailable'],
    [429, 'request.rate-limited'],
    [401, 'access.token-expired'],
  ])('repeats the same command under the same key after %i', async (status, code) => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a')]);
    await pass();
    await sent[0]!.fail(status, code);
    expect(queue.cell(at)).toMatchObject({ state: 'failing', marks: [{ value: '5' }] });
    expect(queue.status()).toMatchObject({ unsaved: 1, failure: code });
    queue.apply([put('4', 'b', 's2')]);
    await pass();
    expect(sent[1]).toMatchObject({ key: sent[0]!.key, entries: sent[0]!.entries });
  });

  it('waits longer each time, or as long as the server asks', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a')]);
    await pass();
    await sent[0]!.fail(0, 'network.offline');
    expect(await pass()).toBe(1000);
    await sent[1]!.fail(0, 'network.offline');
    expect(await pass()).toBe(2000);
    await sent[2]!.fail(429, 'request.rate-limited', { retryAfter: 17 });
    expect(await pass()).toBe(17_000);
  });

  it('goes on after a reload under the same key, and does not show a mark twice', async () => {
    const first = setUp();
    first.queue.apply([put('5', 'a')]);
    await first.pass();
    first.queue.apply([put('4', 'b')]);
    const second = setUp();
    second.queue.resume(first.kept.last!);
    expect(values(second.queue)).toEqual(['5', '4']);
    second.queue.seed([view(1, [['m1', '5']])]);
    expect(values(second.queue)).toEqual(['5', '4']);
    await second.pass();
    expect(second.sent[0]!.key).toBe(first.sent[0]!.key);
    await second.sent[0]!.answer([view(1, [['m1', '5']])]);
    await second.pass();
    expect(second.sent[1]!.entries[0]).toMatchObject({ value: '4', cellVersion: 1 });
    await second.sent[1]!.answer([
      view(2, [
        ['m1', '5'],
        ['m2', '4'],
      ]),
    ]);
    expect(second.kept.last).toBeNull();
  });
});

describe('after a reload', () => {
  it('looks at the cells before it sends what had not gone out', async () => {
    const first = setUp();
    first.queue.seed([view(3, [['m1', '4']])]);
    first.queue.apply([{ ...at, wish: { kind: 'annulment', ref: 'm1' } }]);
    const second = setUp([view(3, [['m1', '4']])]);
    second.queue.resume(first.kept.last!);
    await second.pass();
    expect(second.sent[0]!.entries).toMatchObject([{ kind: 'annulment', markId: 'm1', cellVersion: 3 }]);
  });
});

describe('when the server refuses', () => {
  it('keeps the entry on the screen with the reason, to be repeated or given up', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a')]);
    await pass();
    await sent[0]!.fail(409, 'journal.entry-window-closed');
    expect(queue.cell(at)).toMatchObject({ state: 'refused', marks: [{ value: '5' }] });
    expect(queue.status().refused[0]).toMatchObject({ code: 'journal.entry-window-closed' });
    queue.retryRefused();
    await pass();
    expect(sent[1]!.key).not.toBe(sent[0]!.key);
    await sent[1]!.fail(409, 'journal.entry-window-closed');
    queue.discard(queue.status().refused[0]!.id);
    expect(queue.status().unsaved).toBe(0);
    expect(values(queue)).toEqual([]);
  });

  it('refuses only the pupils who are not in the group', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a', 's1'), put('4', 'b', 's2')]);
    await pass();
    await sent[0]!.fail(409, 'journal.student-not-in-group', { studentIds: ['s2'] });
    expect(queue.status().refused.map(({ studentId }) => studentId)).toEqual(['s2']);
    await pass();
    expect(sent[1]!.entries.map(({ studentId }) => studentId)).toEqual(['s1']);
  });

  it('refuses only the marks of year 1 in a combined class', async () => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('5', 'a', 's1'), put('4', 'b', 's2')]);
    await pass();
    await sent[0]!.fail(409, 'journal.no-marks-in-first-year', { studentIds: ['s2'] });
    expect(queue.status().refused.map(({ studentId }) => studentId)).toEqual(['s2']);
    await pass();
    expect(sent[1]!.entries.map(({ studentId }) => studentId)).toEqual(['s1']);
  });

  it('finds the wrong entry by sending them one by one', async () => {
    const { queue, sent, pass } = setUp();
    queue.seed([view(1, [['m1', '5']])]);
    queue.apply([{ ...at, wish: { kind: 'annulment', ref: 'm1' } }, put('4', 'b', 's2')]);
    await pass();
    await sent[0]!.fail(404, 'journal.mark-not-found');
    await pass();
    expect(sent[1]!.entries).toHaveLength(1);
    await sent[1]!.fail(404, 'journal.mark-not-found');
    await pass();
    expect(sent[2]!.entries).toMatchObject([{ studentId: 's2', value: '4' }]);
  });
});

describe('a collision', () => {
  async function collide() {
    const all = setUp();
    all.queue.seed([view(1)]);
    all.queue.apply([put('5', 'a', 's1'), put('4', 'b', 's2')]);
    await all.pass();
    await all.sent[0]!.fail(409, 'journal.cell-stale', { cells: [view(2, [['m9', '3']])] });
    return all;
  }

  it('asks about the cell, and sends the others on', async () => {
    const { queue, sent, pass } = await collide();
    expect(queue.status().conflicts).toMatchObject([{ studentId: 's1' }]);
    expect(queue.saved(at).marks.map(({ value }) => value)).toEqual(['3']);
    await pass();
    expect(sent[1]!.entries).toMatchObject([{ studentId: 's2' }]);
  });

  it('mine: sends the own entry over what is there', async () => {
    const { queue, sent, pass } = await collide();
    await pass();
    await sent[1]!.answer([]);
    queue.settle(at, 'mine');
    await pass();
    expect(sent[2]!.entries).toMatchObject([{ value: '5', cellVersion: 2 }]);
  });

  it('theirs: leaves what is there', async () => {
    const { queue } = await collide();
    queue.settle(at, 'theirs');
    expect(values(queue)).toEqual(['3']);
    expect(queue.status().conflicts).toEqual([]);
  });
});

describe('the answer to a collision', () => {
  const collided = async (choice: 'mine' | 'theirs' | 'both', theirs: [string, string][]) => {
    const { queue, sent, pass } = setUp();
    queue.apply([put('4', 'a')]);
    await pass();
    await sent[0]!.fail(409, 'journal.cell-stale', { cells: [view(1, theirs)] });
    queue.settle(at, choice);
    await pass();
    return { queue, entries: sent[1]?.entries };
  };

  it('puts the own mark in the place of the other one', async () => {
    const { queue, entries } = await collided('mine', [['m1', '5']]);
    expect(entries).toMatchObject([{ kind: 'correction', markId: 'm1', value: '4', cellVersion: 1 }]);
    expect(values(queue)).toEqual(['4']);
  });

  it('leaves one mark where somebody has put two', async () => {
    const { entries } = await collided('mine', [
      ['m1', '5'],
      ['m2', '3'],
    ]);
    expect(entries).toMatchObject([
      { kind: 'correction', markId: 'm1', value: '4' },
      { kind: 'annulment', markId: 'm2' },
    ]);
  });

  it('keeps both when that is chosen, and theirs alone when that is', async () => {
    const both = await collided('both', [['m1', '5']]);
    expect(both.entries).toMatchObject([{ kind: 'mark', value: '4', cellVersion: 1 }]);
    expect(values(both.queue)).toEqual(['5', '4']);
    const theirs = await collided('theirs', [['m1', '5']]);
    expect(theirs.entries).toBeUndefined();
    expect(values(theirs.queue)).toEqual(['5']);
  });
});

describe('undo and redo', () => {
  it('brings back several marks of a cell in the order they stood in', () => {
    const { queue } = setUp();
    queue.seed([
      view(1, [
        ['m1', '5'],
        ['m2', '4'],
        ['m3', '3'],
      ]),
    ]);
    const sitting = new Sitting(queue);
    const annulled = queue
      .cell(at)
      .marks.map(({ ref }): Step => ({ ...at, wish: { kind: 'annulment', ref } }));
    sitting.do(annulled);
    sitting.undo();
    expect(values(queue)).toEqual(['5', '4', '3']);
  });

  it('annuls a saved mark, and puts it again', async () => {
    const { queue, sent, pass } = setUp();
    const sitting = new Sitting(queue);
    sitting.do([put('5', 'a')]);
    await pass();
    await sent[0]!.answer([view(1, [['m1', '5']])]);
    sitting.undo();
    expect(values(queue)).toEqual([]);
    await pass();
    expect(sent[1]!.entries).toMatchObject([{ kind: 'annulment', markId: 'm1', cellVersion: 1 }]);
    await sent[1]!.answer([view(2)]);
    sitting.redo();
    await pass();
    expect(sent[2]!.entries).toMatchObject([{ kind: 'mark', value: '5', cellVersion: 2 }]);
    await sent[2]!.answer([view(3, [['m2', '5']])]);
    sitting.undo();
    await pass();
    expect(sent[3]!.entries).toMatchObject([{ kind: 'annulment', markId: 'm2' }]);
  });

  it('brings back the whole range and the letter that stood there', () => {
    const { queue } = setUp();
    queue.seed([view(1, [], { attendance: 'ILL' })]);
    const sitting = new Sitting(queue);
    sitting.do([absent('ABSENT', 's1'), absent('ABSENT', 's2')]);
    sitting.undo();
    expect(queue.cell(at).attendance).toBe('ILL');
    expect(queue.cell({ ...at, studentId: 's2' }).attendance).toBeNull();
    expect(sitting.undo()).toBeNull();
    sitting.redo();
    expect(queue.cell(at).attendance).toBe('ABSENT');
  });
});
