import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getThematicPlan, importThematicPlan } from '@parta/contracts-curriculum';
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
    const plan = await bench.rpc.call(importThematicPlan, input, { token });
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
