import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clearDayOff, setDayOff } from '@parta/contracts-curriculum';
import type { LessonRow } from '@parta/contracts-journal';
import { BedInTime } from './school-in-time/bed.js';
import { SchoolInTime, type GroupInTime, type PupilInTime } from './school-in-time/school.js';

/** A Monday of the second quarter; lessons of algebra are its first and its eighth. */
const MONDAY = '2026-11-23';
const MORNING = `${MONDAY}T05:00:00Z`;
const SPAN = ['2026-11-02', '2026-12-30'] as const;

describe('a lesson with marks, while the day goes on', () => {
  let world: BedInTime;
  let school: SchoolInTime;
  let algebra: GroupInTime;
  let pupil: PupilInTime;
  let teacher: string;
  let held: LessonRow;

  beforeAll(async () => {
    world = await BedInTime.open(MORNING);
  }, 60_000);
  afterAll(() => world?.close(), 30_000);

  beforeEach(async () => {
    world.clock.set('2026-11-21T05:00:00Z');
    school = await new SchoolInTime(world).tell();
    [algebra] = school.groups as [GroupInTime];
    [pupil] = school.pupils as [PupilInTime];
    await school.timetable([
      [algebra, 1, 1],
      [algebra, 1, 8],
    ]);
    world.clock.set(MORNING);
    teacher = await school.asTeacher();
    [held] = (await school.dayOf(MONDAY, teacher)) as [LessonRow];
    await school.enter(held.lessonId, pupil.id, { kind: 'mark', value: '5' }, teacher);
    await world.settled();
  }, 30_000);

  /** It is the one lesson of its hour, with its mark, for its teacher, the family and the report; the mark can be corrected. */
  async function theHeldLessonIsKept(): Promise<void> {
    expect(await school.dayOf(MONDAY, teacher)).toContainEqual(
      expect.objectContaining({ lessonId: held.lessonId, marks: 1, isOpen: true }),
    );
    const page = await school.page(algebra.id, ...SPAN, teacher);
    const ofHour = page.lessons.filter((one) => one.date === MONDAY && one.lessonNumber === 1);
    expect(ofHour).toMatchObject([{ lessonId: held.lessonId, isOpen: true }]);
    expect(page.students.find((one) => one.studentId === pupil.id)).toMatchObject({ average: 5 });
    const { lessons } = await school.diary(pupil, MONDAY);
    expect(lessons.filter((one) => one.lessonNumber === 1)).toMatchObject([
      { lessonId: held.lessonId, marks: [{ value: '5' }] },
    ]);
    expect((await school.subjectMarks(pupil)).subjects).toMatchObject([{ average: 5 }]);
    const sheets = await school.printed(algebra.id, ...SPAN);
    const printed = Object.entries(sheets).flatMap(([name, rows]) =>
      name.startsWith('Отметки') ? rows.filter((row) => row[1] === pupil.name) : [],
    );
    expect(printed.flat().filter((value) => value === 5).length).toBeGreaterThan(0);
    const [mark] = (await school.cell(held.lessonId, pupil.id, teacher)).marks;
    const corrected = await school.enter(
      held.lessonId,
      pupil.id,
      { kind: 'correction', markId: mark!.markId, value: '4', reason: 'ошибка' },
      teacher,
    );
    expect(corrected.marks).toMatchObject([{ value: '4' }]);
    await world.settled();
    expect((await school.diary(pupil, MONDAY)).lessons[0]!.marks).toMatchObject([{ value: '4' }]);
  }

  it('stays when the timetable has it no more', async () => {
    await school.timetable([[algebra, 3, 2]]);
    expect(await school.dayOf(MONDAY, teacher)).toMatchObject([{ isOutsideTimetable: true }]);
    await theHeldLessonIsKept();
  });

  it('stays when the day becomes a day off and when it is one no more', async () => {
    const head = await school.token('deputy-head');
    await school.call(setDayOff, { schoolId: school.id, date: MONDAY, title: 'Карантин' }, head);
    await world.settled();
    expect(await school.dayOf(MONDAY, teacher)).toHaveLength(1);
    await school.call(clearDayOff, { schoolId: school.id, date: MONDAY }, head);
    await world.settled();
    await theHeldLessonIsKept();
    expect((await school.dayOf(MONDAY, teacher)).map((one) => one.isOutsideTimetable)).toEqual([
      false,
      false,
    ]);
  });

  it('stays with its teacher when another takes the group; the coming ones are the other\u2019s', async () => {
    algebra.teacherId = school.otherTeacher;
    await school.tellGroup(algebra);
    await world.settled();
    await theHeldLessonIsKept();
    const other = await school.asTeacher(school.otherTeacher);
    expect((await school.dayOf(MONDAY, other)).map((one) => one.lessonNumber)).toEqual([8]);
    await expect(
      school.enter(held.lessonId, pupil.id, { kind: 'mark', value: '2' }, other),
    ).rejects.toMatchObject({ code: 'journal.not-your-lesson' });
  });

  it('stays with whoever wrote into it when another takes the group before it begins', async () => {
    const evening = (await school.dayOf(MONDAY, teacher)).find((one) => one.lessonNumber === 8)!;
    const written = await school.enter(evening.lessonId, pupil.id, { kind: 'mark', value: '3' }, teacher);
    algebra.teacherId = school.otherTeacher;
    await school.tellGroup(algebra);
    await world.settled();
    const annulment = { kind: 'annulment', markId: written.marks[0]!.markId, reason: 'ошибка' } as const;
    expect((await school.enter(evening.lessonId, pupil.id, annulment, teacher)).marks).toEqual([]);
  });

  it('stays when the group ends, and its journal stays in the list', async () => {
    algebra.isActive = false;
    await school.tellGroup(algebra);
    await world.settled();
    await theHeldLessonIsKept();
  });

  it('stays the one lesson of its hour when the region records the year anew under another id', async () => {
    await school.tellYear(randomUUID());
    await world.settled();
    await school.timetable([
      [algebra, 1, 1],
      [algebra, 3, 2],
    ]);
    await theHeldLessonIsKept();
    const { lessons } = await school.page(algebra.id, ...SPAN, teacher);
    const hours = lessons.map((one) => `${one.date} ${one.lessonNumber}`);
    expect(new Set(hours).size).toBe(hours.length);
    expect(hours).toContain('2026-11-16 8');
    const days = await school.printed(algebra.id, '2026-11-16', '2026-11-29');
    expect(days['Темы 1']!.filter((row) => String(row[1]).endsWith('.11')).map((row) => row[1])).toEqual([
      '16.11',
      '16.11',
      '23.11',
      '25.11',
    ]);
  });
});
