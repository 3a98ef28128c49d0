import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  averageOf,
  averageSql,
  markTotalsSql,
  shownAverage,
  totalsOf,
  weightedAverageOf,
  weightedAverageSql,
  type CountedMark,
} from '@parta/domain-marks';
import { CopyUnderTest } from '../../test/copy-under-test.js';
import { sql } from '@parta/platform-persistence';

const SEED = 20_261_123;
const CASES = 3000;

/** Numbers from 0 to 1, the same each time. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Lists of marks: many of one kind of work, of few, of odd weights; some without a number, some that weigh nothing. */
function generatedCases(): CountedMark[][] {
  const chance = chances(SEED);
  const upTo = (bound: number): number => Math.floor(chance.next().value * bound);
  return Array.from({ length: CASES }, (_, i) => {
    const weights = [[1], [1, 3], [0, 1, 0.5], [0.01, 0.33, 1.99, 7]][i % 4]!;
    return Array.from({ length: upTo(40) }, () => ({
      number: upTo(12) === 0 ? null : 2 + upTo(4),
      weight: weights[upTo(weights.length)]!,
    }));
  });
}

describe('averages in SQL and in TypeScript', () => {
  let copy: CopyUnderTest;

  beforeAll(async () => {
    copy = await CopyUnderTest.open();
  }, 60_000);
  afterAll(() => copy?.close(), 30_000);

  it('are the same', async () => {
    const cases = generatedCases();
    // 16 works of weight 3 and one of 2 with a 3, 17 of weight 3 with a 2: 2.49505.
    cases.push([
      ...Array.from({ length: 16 }, () => ({ number: 3, weight: 3 })),
      { number: 3, weight: 2 },
      ...Array.from({ length: 17 }, () => ({ number: 2, weight: 3 })),
    ]);
    const rows = cases.flatMap((marks, at) => marks.map((mark) => ({ at, ...mark })));
    const counted = await copy.database.read({ schools: [] }, () =>
      copy.database.rows<{ average: number | null; weighted: number | null; totals: object }>(sql`
        select ${sql.trusted(averageSql('number'))} as average, ${sql.trusted(weightedAverageSql('number', 'weight'))} as weighted,
          ${sql.trusted(markTotalsSql('number', 'weight'))} as totals
        from generate_series(0, ${cases.length - 1}::int) as at
          left join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(at int, number numeric(5,2), weight numeric(5,2)) using (at)
        group by at order by at`),
    );
    expect(counted).toHaveLength(cases.length);
    counted.forEach((row, at) => {
      const totals = totalsOf(cases[at]!);
      expect(row).toEqual({
        average: shownAverage(averageOf(totals)),
        weighted: shownAverage(weightedAverageOf(totals)),
        totals,
      });
    });
    expect(counted.at(-1)!.weighted).toBe(2.5);
  });
});
