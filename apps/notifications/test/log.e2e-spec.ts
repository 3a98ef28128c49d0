import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { getNotificationSettings, listDeliveries, setChildChoices } from '@parta/contracts-notifications';
import { Client } from 'pg';
import { choice } from './family.js';
import { Scene } from './scene.js';
import { until } from './until.js';

describe('the log', () => {
  const scene = Scene.forEachTest();

  it('holds no code', async () => {
    await scene.family.open('sms');
    const { deliveries: rows } = await scene.call(listDeliveries, {}, await scene.leader());
    expect(rows).toMatchObject([{ kind: 'code', text: null }]);
    const { rows: kept } = await scene.bench.admin.query(
      'select text, subject, html from messages where school_id = $1',
      [scene.family.schoolId],
    );
    expect(kept).toEqual([{ text: null, subject: null, html: null }]);
  });

  it('of the own class is shown to its class teacher, of the school to nobody of another', async () => {
    await scene.bySms(choice('mark', { sms: 'immediate' }));
    await scene.family.mark();
    await scene.texts('sms', 1);
    const teacherOf = (classId: string) =>
      scene.bench.keys.tokenOf([
        {
          role: 'homeroom-teacher',
          schoolId: scene.family.schoolId,
          personId: randomUUID(),
          classIds: [classId],
        },
      ]);
    const total = async (token: string) => (await scene.call(listDeliveries, {}, token)).total;
    expect(await total(await teacherOf(scene.family.classId))).toBe(1);
    expect(await total(await teacherOf(randomUUID()))).toBe(0);
    const stranger = await scene.bench.keys.tokenOf([
      { role: 'administrator', schoolId: randomUUID(), personId: randomUUID() },
    ]);
    expect(await total(stranger)).toBe(0);
    await expect(
      scene.call(listDeliveries, { schoolId: scene.family.schoolId }, stranger),
    ).rejects.toMatchObject({
      code: 'access.another-school',
    });
    await expect(scene.call(listDeliveries, {}, scene.family.token)).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });

  it('of a message about two children shows each class teacher the own class alone', async () => {
    const { family } = scene;
    const [sisterId, otherClass] = [randomUUID(), randomUUID()];
    await family.pupil(sisterId, 'Ольга', otherClass);
    await family.motherOf([family.studentId, sisterId], 2);
    family.token = await scene.bench.keys.tokenOf([
      {
        role: 'guardian',
        schoolId: family.schoolId,
        personId: family.motherId,
        studentIds: [family.studentId, sisterId],
      },
    ]);
    await until('both children are known', async () => {
      const { children } = await scene.call(getNotificationSettings, {});
      return children.length === 2;
    });
    await family.open('email');
    for (const studentId of [family.studentId, sisterId])
      await scene.call(setChildChoices, {
        studentId,
        version: 0,
        choices: [choice('mark', { email: 'evening' }), choice('low-mark', { email: 'evening' })],
      });
    await family.mark({ value: '4' });
    await family.mark({ value: '2', studentId: sisterId });
    await until('both marks wait in one letter', async () => {
      const [row, ...others] = await scene.deliveries();
      return row?.children.length === 2 && others.length === 0;
    });
    scene.clock.set('2026-11-20T14:05:00Z');
    await scene.texts('email', 1);
    const seenBy = async (token: string, filter: object = {}) =>
      (await scene.call(listDeliveries, filter, token)).deliveries
        .filter((row) => row.kind !== 'code')
        .map(({ children, text }) => ({ children, text }));
    const teacherOf = (classId: string) =>
      scene.bench.keys.tokenOf([
        { role: 'homeroom-teacher', schoolId: family.schoolId, personId: randomUUID(), classIds: [classId] },
      ]);
    const [whole] = await seenBy(await scene.leader());
    expect(whole).toEqual({
      children: ['Иванов Ольга', 'Иванов Пётр'],
      text: expect.stringMatching(/отметка 4[^]*отметка 2/),
    });
    // Whoever has the link may end the letters; it is the family's alone.
    expect(family.notices('email')[0]).toMatch(/unsubscribe\/[\w-]{20}/);
    expect(whole!.text).not.toMatch(/unsubscribe\/[\w-]/);
    const brothers = await teacherOf(family.classId);
    const [own] = await seenBy(brothers);
    expect(own!.children).toEqual(['Иванов Пётр']);
    expect(own!.text).toContain('отметка 4');
    expect(own!.text).not.toMatch(/Ольга|отметка 2/);
    const [sisters] = await seenBy(await teacherOf(otherClass));
    expect(sisters!.children).toEqual(['Иванов Ольга']);
    expect(sisters!.text).not.toMatch(/Пётр|отметка 4/);
    // Nor can the name be guessed by searching for it.
    expect(await seenBy(brothers, { q: 'Ольга' })).toEqual([]);
    expect(await seenBy(brothers, { q: 'Пётр' })).toHaveLength(1);
  });

  it('of another school is not even visible to SQL as the service’s own role', async () => {
    await scene.family.open('sms');
    const client = new Client({ connectionString: scene.bench.database.urls.notifications!.runtime });
    await client.connect();
    try {
      await client.query(`begin; set local app.schools = '${randomUUID()}'`);
      for (const table of ['messages', 'contacts', 'consents', 'guardians'])
        expect((await client.query(`select 1 from notifications.${table}`)).rowCount).toBe(0);
    } finally {
      await client.end();
    }
  });
});
