import { currentPeriod, periodsFor } from './periods';

const period = (periodId: string, kind: 'quarter' | 'half-year', startDate: string, endDate: string) => ({
  periodId,
  title: periodId,
  kind,
  startDate,
  endDate,
});
const ALL = [
  period('h1', 'half-year', '2026-09-01', '2026-12-30'),
  period('q1', 'quarter', '2026-09-01', '2026-10-24'),
  period('q2', 'quarter', '2026-11-02', '2026-12-30'),
];

describe('study periods', () => {
  it('are quarters up to year 9 and half-years after', () => {
    expect(periodsFor(ALL, '5А').map(({ periodId }) => periodId)).toEqual(['q1', 'q2']);
    expect(periodsFor(ALL, '10Б').map(({ periodId }) => periodId)).toEqual(['h1']);
    expect(periodsFor(ALL, 'ИС-21').map(({ periodId }) => periodId)).toEqual(['h1']);
  });

  it('open on that of today, in the holidays on the one just over', () => {
    expect(currentPeriod(periodsFor(ALL, '5А'), '2026-11-20')?.periodId).toBe('q2');
    expect(currentPeriod(periodsFor(ALL, '5А'), '2026-10-28')?.periodId).toBe('q1');
    expect(currentPeriod([], '2026-10-28')).toBeNull();
  });
});
