import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Intake } from '../../../test/intake.js';
import { bulkOf, deltaOf, type Row } from '../../../test/rosters.js';

const HOUR = 3_600_000;
const before = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
const school = (name: string): Row => ({ sourcedId: 'one', name, type: 'school' });

jest.setTimeout(60_000);

describe('which of two packages says how a record is now', () => {
  let intake: Intake;

  beforeAll(async () => {
    intake = await Intake.open();
  }, 60_000);

  afterAll(() => intake?.close(), 60_000);

  const bulk = (...orgs: Row[]) => intake.expectPush('applied', bulkOf({ orgs }));
  const delta = (org: Row, at: string) => intake.expectPush('applied', deltaOf({ orgs: [org] }, at));
  const known = async (sourcedId = 'one') =>
    (
      await intake.admin.query<{ name: string; isEnded: boolean }>(
        `select data ->> 'name' as name, ended_at is not null as "isEnded" from source_records
         where entity = 'orgs' and sourced_id = $1`,
        [sourcedId],
      )
    ).rows[0];

  it('a change that says it is of the future bars no later one', async () => {
    await bulk(school('Первая'));
    await delta(school('Из будущего'), '2199-12-31T00:00:00.000Z');
    expect(await known()).toEqual({ name: 'Из будущего', isEnded: false });
    await delta(school('Вторая'), new Date(Date.now() + 60_000).toISOString());
    expect(await known()).toEqual({ name: 'Вторая', isEnded: false });
  });

  it('a change of before a bulk does not undo what the bulk says', async () => {
    await bulk(school('Сегодня'), { ...school('Вторая школа'), sourcedId: 'two' });
    const late = await delta(school('Вчера'), before(20));
    expect(late.counts.orgs).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await known()).toEqual({ name: 'Сегодня', isEnded: false });
    await delta({ ...school('Вторая школа'), sourcedId: 'two', status: 'tobedeleted' }, before(20));
    expect(await known('two')).toEqual({ name: 'Вторая школа', isEnded: false });
    await delta({ ...school('Третья школа'), sourcedId: 'three' }, before(20));
    expect(await known('three')).toBeUndefined();
  });

  it('a change of the time in which a bulk was written is taken', async () => {
    const other = (name: string): Row => ({ ...school(name), sourcedId: 'two' });
    await bulk(school('Сегодня'), other('Выгрузка'));
    await delta(other('Изменено, пока она писалась'), before(1));
    expect(await known('two')).toEqual({ name: 'Изменено, пока она писалась', isEnded: false });
  });
});
