import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  describeLesson,
  getCellHistory,
  getLesson,
  listJournals,
  listMyLessons,
} from '@parta/contracts-journal';
import { eventually, type ServiceBench } from '@parta/platform-testing';
import { JournalUnderTest, mark, TODAY } from './journal-under-test.js';
import type { TestSchool } from './school-builder.js';

describe('a teacher who stands in for another', () => {
  let journal: JournalUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;
  let substitute: string;

  const lessonsOfToday = async (token: string): Promise<string[]> => {
    const { lessons } = await bench.rpc.call(listMyLessons, { date: TODAY }, { token });
    return lessons.map(({ lessonId }) => lessonId);
  };

  beforeAll(async () => {
    journal = await JournalUnderTest.start();
    ({ bench, school } = journal);
    const { id: schoolId, stranger: personId } = school;
    substitute = await bench.keys.tokenOf([{ role: 'teacher', schoolId, personId }], {
      name: 'Сменная Ольга',
    });
    await school.tellLessons(
      school.lessons.map((one) => (one.date === TODAY ? { ...one, teacherId: personId } : one)),
    );
    const { id } = school.lesson(TODAY);
    await eventually(async () => expect(await lessonsOfToday(substitute)).toEqual([id]));
  }, 60_000);

  afterAll(() => journal?.stop());

  it('has the lesson in his day and the journal in his list; the group’s own teacher has not that lesson', async () => {
    expect(await lessonsOfToday(journal.teacher)).toEqual([]);
    const { journals } = await bench.rpc.call(listJournals, {}, { token: substitute });
    expect(journals.map(({ groupId }) => groupId)).toEqual([school.groupId]);
  });

  it('writes this lesson and no other of the group (R107)', async () => {
    const { id } = school.lesson(TODAY);
    const [pupil] = school.pupils;
    await bench.rpc.call(
      describeLesson,
      { lessonId: id, version: 0, topic: 'Замена' },
      { token: substitute },
    );
    await journal.enter(id, [mark(pupil, '5')], substitute);
    const other = school.lesson('2026-11-18').id;
    await expect(journal.enter(other, [mark(pupil, '5')], substitute)).rejects.toMatchObject({
      code: 'journal.not-your-lesson',
    });
    await expect(journal.enter(id, [mark(pupil, '4', 1)])).rejects.toMatchObject({
      code: 'journal.not-your-lesson',
    });
  });

  it('is named to the class teacher as the one who wrote', async () => {
    const { id } = school.lesson(TODAY);
    const [pupil] = school.pupils;
    const token = await school.token('homeroom-teacher', school.homeroomTeacher);
    const card = await bench.rpc.call(getLesson, { lessonId: id }, { token });
    expect(card).toMatchObject({ topic: 'Замена', isMine: false });
    const { changes } = await bench.rpc.call(getCellHistory, { lessonId: id, studentId: pupil }, { token });
    expect(changes).toEqual([expect.objectContaining({ changedBy: 'Сменная Ольга', after: '5' })]);
  });
});
