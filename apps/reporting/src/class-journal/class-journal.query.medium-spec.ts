import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lessonsOf } from '@parta/contracts-curriculum/testing';
import { CopyUnderTest } from '../../test/copy-under-test.js';
import { TestSchool } from '../../test/school-builder.js';
import { classProgress } from '../class-progress/class-progress.query.js';
import { classJournal } from './class-journal.query.js';

const Q2 = { from: '2026-11-02', to: '2026-12-30' };
const [FIRST, SECOND, THIRD] = ['2026-11-16', '2026-11-18', '2026-11-20'] as const;

describe('what the reports are made from', () => {
  let copy: CopyUnderTest;
  let school: TestSchool;

  beforeAll(async () => {
    copy = await CopyUnderTest.open();
  }, 60_000);
  afterAll(() => copy?.close(), 30_000);
  beforeEach(async () => {
    school = await new TestSchool({ publish: copy.publish, keys: undefined as never }).tell();
    await school.tellLessons(school.algebra, [FIRST, SECOND, THIRD]);
  });

  const journal = (schoolId = school.id) =>
    copy.database.read({ schools: [schoolId] }, () =>
      classJournal(copy.database, { schoolId: school.id, groupId: school.algebra, ...Q2 }),
    );
  const progress = () =>
    copy.database.read({ schools: [school.id] }, () =>
      classProgress(copy.database, { schoolId: school.id, classId: school.classId, ...Q2 }),
    );
  const entriesOf = async (pupil: string) => {
    const { entries, lessons } = await journal();
    return Object.fromEntries(
      entries
        .filter((entry) => entry.studentId === school.pupil(pupil).id)
        .map(({ lessonId, code, marks }) => [
          lessons.find((one) => one.id === lessonId)!.date,
          [code, ...marks],
        ]),
    );
  };

  it('has pupils in the order of the Russian alphabet', async () => {
    const names = (await journal()).pupils.map((pupil) => pupil.familyName);
    expect(names).toEqual(['Абрамов', 'Егоров', 'Ёлкина', 'Жуков']);
  });

  it('keeps the newest version of a mark, in whatever order the facts come', async () => {
    const markId = randomUUID();
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '4', markId, version: 2 });
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '2', markId, version: 1 });
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '4', markId, version: 2 });
    expect(await entriesOf('Жуков')).toEqual({ [FIRST]: [null, '4'] });
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '4', markId, version: 3, isAnnulled: true });
    expect(await entriesOf('Жуков')).toEqual({});
    expect((await progress()).pupils.find((one) => one.familyName === 'Жуков')!.marks).toMatchObject({
      '4': 0,
    });
  });

  it('shows who is present after all as present', async () => {
    const cell = randomUUID();
    await school.miss(school.algebra, SECOND, 'Егоров', 'ABSENT', cell, 1);
    expect(await entriesOf('Егоров')).toEqual({ [SECOND]: ['ABSENT'] });
    await school.miss(school.algebra, SECOND, 'Егоров', null, cell, 2);
    expect(await entriesOf('Егоров')).toEqual({});
  });

  it('prints a lesson the timetable dropped as long as something stands in it', async () => {
    const markId = randomUUID();
    await school.mark(school.algebra, THIRD, 'Жуков', { value: '5', markId });
    await school.miss(school.algebra, SECOND, 'Егоров', 'ILL');
    await school.tellLessons(school.algebra, [], 2);
    expect((await journal()).lessons.map((one) => one.date)).toEqual([SECOND, THIRD]);
    expect(await entriesOf('Жуков')).toEqual({ [THIRD]: [null, '5'] });
    await school.mark(school.algebra, THIRD, 'Жуков', { value: '5', markId, version: 2, isAnnulled: true });
    expect((await journal()).lessons.map((one) => one.date)).toEqual([SECOND]);
    await school.describe(school.algebra, FIRST, 'Степень');
    expect((await journal()).lessons).toMatchObject([{ topic: 'Степень' }, { date: SECOND }]);
  });

  it('prints a lesson once when two records of one year have it', async () => {
    const { id } = school.lesson(school.algebra, FIRST);
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '5' });
    await school.say(lessonsOf(school.algebra, [{ lessonId: id, date: FIRST }], randomUUID()), 2);
    expect((await journal()).lessons.map((one) => one.date)).toEqual([FIRST, SECOND, THIRD]);
    expect((await journal()).pupils.find((one) => one.familyName === 'Жуков')).toMatchObject({ average: 5 });
  });

  it('prints a pupil whom a move dated back takes out of the group, with what was entered', async () => {
    const zhukov = school.pupil('Жуков');
    await school.mark(school.algebra, THIRD, 'Жуков', { value: '5' });
    await school.tellPupil({ ...zhukov, to: '2026-10-20' }, 2);
    expect((await journal()).pupils.find((one) => one.id === zhukov.id)).toMatchObject({
      spells: [],
      average: 5,
    });
    expect(await entriesOf('Жуков')).toEqual({ [THIRD]: [null, '5'] });
  });

  it('knows since when a pupil belongs to the group, and leaves out who was not there in the period', async () => {
    const zhukov = school.pupil('Жуков');
    await school.tellPupil({ ...zhukov, to: '2026-10-20' }, 2);
    expect((await journal()).pupils.map((one) => one.familyName)).not.toContain('Жуков');
    await school.tellPupil({ ...zhukov, from: '2026-11-17' }, 3);
    expect((await journal()).pupils.find((one) => one.id === zhukov.id)!.spells).toEqual([
      { from: '2026-11-17', to: null },
    ]);
  });

  it('weighs marks by their kind of work', async () => {
    await school.mark(school.algebra, FIRST, 'Абрамов', { value: '5', weight: 1 });
    await school.mark(school.algebra, SECOND, 'Абрамов', { value: '3', weight: 3 });
    const subjects = (await progress()).pupils.find((one) => one.familyName === 'Абрамов')!.subjects;
    expect(subjects).toEqual([
      { title: 'Алгебра', totals: { count: 2, sum: 800, weights: 400, weighted: 140_000 } },
      { title: 'История', totals: { count: 0, sum: 0, weights: 0, weighted: 0 } },
    ]);
  });

  it('counts what a pupil who left had achieved until then, and what the class has recorded all the same', async () => {
    const zhukov = school.pupil('Жуков');
    await school.tellLessons(school.otherAlgebra, [THIRD]);
    await school.mark(school.algebra, FIRST, 'Жуков', { value: '5' });
    await school.mark(school.otherAlgebra, THIRD, 'Жуков', { value: '2' });
    await school.miss(school.otherAlgebra, THIRD, 'Жуков', 'ILL');
    await school.mark(school.algebra, THIRD, 'Жуков', { value: '4' });
    await school.tellPupil({ ...zhukov, to: '2026-11-17' }, 2);
    expect((await progress()).pupils.find((one) => one.id === zhukov.id)).toMatchObject({
      isActive: false,
      marks: { '5': 1, '4': 1, '2': 0 },
      absences: { total: 0 },
    });
  });

  it('is not there for another school', async () => {
    await expect(journal(randomUUID())).rejects.toMatchObject({ code: 'reporting.nothing-to-print' });
  });
});
