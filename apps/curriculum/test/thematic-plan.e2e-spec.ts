import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getThematicPlan, importThematicPlan, type ImportThematicPlan } from '@parta/contracts-curriculum';
import { type ServiceBench } from '@parta/platform-testing';
import ExcelJS from 'exceljs';
import { Client } from 'pg';
import { CurriculumUnderTest } from './curriculum-under-test.js';
import { TestSchool } from './school-builder.js';

describe('thematic plans, and what other schools see', () => {
  let curriculum: CurriculumUnderTest;
  let bench: ServiceBench;
  let school: TestSchool;

  beforeAll(async () => {
    curriculum = await CurriculumUnderTest.start();
    ({ bench, school } = curriculum);
    await curriculum.submit(curriculum.week());
  }, 60_000);

  afterAll(() => curriculum?.stop());

  it('reads a thematic plan by its headings, for the group’s own teacher', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook
      .addWorksheet('КТП')
      .addRows([
        ['Календарно-тематическое планирование'],
        ['№', 'Раздел', 'Тема урока', 'Домашнее задание', 'Контрольная'],
        [1, 'Выражения', 'Числовые выражения', '§ 1, № 5', ''],
        ['', '', '', '', ''],
        [2, '', 'Контрольная работа № 1', '', 'да'],
      ]);
    const file = await curriculum.upload(Buffer.from(await workbook.xlsx.writeBuffer()));
    const input = { groupId: school.algebra.id, ...file };
    const token = await school.token('teacher', school.teacher);
    await expect(
      bench.rpc.call(importThematicPlan, input, {
        token: await school.token('teacher', school.otherTeacher),
      }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
    const { version, lessons, isApplied } = await bench.rpc.call(importThematicPlan, input, { token });
    const plan = { groupId: school.algebra.id, version, lessons };
    expect([version, isApplied]).toEqual([1, true]);
    expect(plan.lessons).toEqual([
      {
        position: 1,
        topic: 'Числовые выражения',
        section: 'Выражения',
        homework: '§ 1, № 5',
        isControlWork: false,
      },
      {
        position: 2,
        topic: 'Контрольная работа № 1',
        section: 'Выражения',
        homework: null,
        isControlWork: true,
      },
    ]);
    expect(await bench.rpc.call(getThematicPlan, { groupId: school.algebra.id }, { token })).toEqual(plan);
    const other = await new TestSchool(bench).tell();
    await expect(
      bench.rpc.call(
        getThematicPlan,
        { groupId: school.algebra.id },
        { token: await other.token('deputy-head') },
      ),
    ).rejects.toMatchObject({ code: 'curriculum.group-not-found' });
  });

  describe('once the group has one', () => {
    const send = async (topics: unknown[], more: Partial<ImportThematicPlan> = {}) => {
      const workbook = new ExcelJS.Workbook();
      workbook.addWorksheet('КТП').addRows([['Тема'], ...topics.map((topic) => [topic])]);
      const file = await curriculum.upload(Buffer.from(await workbook.xlsx.writeBuffer()));
      return bench.rpc.call(
        importThematicPlan,
        { groupId: school.english1.id, ...file, ...more },
        { token: await school.token('deputy-head') },
      );
    };
    const kept = async () => {
      const { version, lessons } = await bench.rpc.call(
        getThematicPlan,
        { groupId: school.english1.id },
        { token: await school.token('deputy-head') },
      );
      return [version, lessons.map(({ topic }) => topic)];
    };

    beforeAll(async () => {
      await send(['Точка', 'Прямая']);
    });

    it('is shown what would replace it, and nothing changes', async () => {
      const shown = await send(['Луч'], { dryRun: true });
      expect(shown).toMatchObject({
        isApplied: false,
        isHeld: false,
        version: 1,
        lessonsBefore: 2,
        sheet: 'КТП',
      });
      expect(shown.lessons.map(({ topic }) => topic)).toEqual(['Луч']);
      expect(await kept()).toEqual([1, ['Точка', 'Прямая']]);
    });

    it('is not replaced before somebody confirms it, and then by the version that was seen only', async () => {
      expect(await send(['Луч'])).toMatchObject({ isApplied: false, isHeld: true, version: 1 });
      expect(await kept()).toEqual([1, ['Точка', 'Прямая']]);
      expect(await send(['Луч'], { replacesVersion: 1 })).toMatchObject({ isApplied: true, version: 2 });
      expect(await send(['Угол'], { replacesVersion: 1 })).toMatchObject({ isHeld: true, version: 2 });
      expect(await kept()).toEqual([2, ['Луч']]);
    });

    it('is not replaced by one with a row that cannot be kept; the row is named', async () => {
      const refused = await send(['Дуга', { error: '#REF!' }], { replacesVersion: 2 });
      expect(refused).toMatchObject({
        isApplied: false,
        errorCount: 1,
        errors: [{ row: 3, field: 'topic' }],
      });
      expect(await kept()).toEqual([2, ['Луч']]);
    });

    it('stays as it is when the same comes once more', async () => {
      expect(await send(['Луч'])).toMatchObject({ isApplied: true, isHeld: false, version: 2 });
    });

    it('is replaced once by two who confirm at the same moment', async () => {
      const both = await Promise.all([
        send(['Угол'], { replacesVersion: 2 }),
        send(['Дуга'], { replacesVersion: 2 }),
      ]);
      expect(both.map(({ isApplied }) => isApplied).sort()).toEqual([false, true]);
    });

    it('stays when the file cannot be read; the answer says why', async () => {
      const file = await curriculum.upload(Buffer.from('Тема;Урок'));
      await expect(
        bench.rpc.call(
          importThematicPlan,
          { groupId: school.english1.id, ...file },
          { token: await school.token('deputy-head') },
        ),
      ).rejects.toMatchObject({
        code: 'curriculum.plan-unreadable',
        details: { fault: 'not-a-spreadsheet' },
      });
    });
  });

  it('is not replaced by who may do so in another school only', async () => {
    const { algebra, id, teacher } = school;
    const file = await curriculum.upload(Buffer.from('is not read'));
    const elsewhere = { role: 'teacher' as const, schoolId: crypto.randomUUID(), personId: teacher };
    for (const role of ['director', 'nurse'] as const) {
      const token = await bench.keys.tokenOf([{ role, schoolId: id, personId: teacher }, elsewhere]);
      await expect(
        bench.rpc.call(importThematicPlan, { ...file, groupId: algebra.id }, { token }),
      ).rejects.toMatchObject({ code: 'access.forbidden' });
    }
  });

  it('hides one school’s lessons from a connection that works for another', async () => {
    const tables = [
      'lessons',
      'timetable_slots',
      'study_groups',
      'thematic_plans',
      'school_years',
      'days_off',
    ];
    for (const table of tables)
      expect((await bench.admin.query(`select 1 from ${table}`)).rowCount).toBeGreaterThan(0);
    const role = new Client({ connectionString: bench.database.urls.curriculum!.runtime });
    await role.connect();
    await role.query(`select set_config('app.schools', $1, false)`, [crypto.randomUUID()]);
    for (const table of tables) {
      expect((await role.query(`select 1 from ${table}`)).rowCount).toBe(0);
    }
    await role.end();
  });
});
