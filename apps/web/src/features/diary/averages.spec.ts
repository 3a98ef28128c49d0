import { describe, expect, it } from '@jest/globals';
import { averagesOf, sortSubjects, weightsOf } from './averages';

const marks = (...list: [string, number][]) => list.map(([value, weight]) => ({ value, weight }));

describe('averages', () => {
  it('are plain and weighted', () => {
    expect(averagesOf(marks(['4', 1], ['4', 3], ['5', 1], ['5', 1], ['4', 1]))).toEqual({
      average: 4.4,
      weightedAverage: 4.29,
    });
  });

  it('leave out what has no number', () => {
    expect(averagesOf(marks(['5', 1], ['н/а', 3], ['зач', 1]))).toEqual({ average: 5, weightedAverage: 5 });
    expect(averagesOf(marks(['н/а', 1]))).toEqual({ average: null, weightedAverage: null });
    expect(averagesOf([])).toEqual({ average: null, weightedAverage: null });
  });

  it('have no weighted one where nothing weighs', () => {
    expect(averagesOf(marks(['5', 0]))).toEqual({ average: 5, weightedAverage: null });
  });

  it('round the half up', () => {
    expect(averagesOf(marks(['4', 7], ['5', 1])).weightedAverage).toBe(4.13);
  });

  it('change with imagined marks', () => {
    const put = marks(['3', 1], ['4', 1]);
    expect(averagesOf([...put, ...marks(['5', 3])])).toEqual({ average: 4, weightedAverage: 4.4 });
    expect(weightsOf(marks(['5', 3], ['4', 1], ['4', 0]))).toEqual([1, 3]);
  });
});

describe('subjects', () => {
  const subject = (subjectTitle: string, average: number | null) => ({
    subjectTitle,
    average,
    weightedAverage: average,
  });
  const list = [subject('Химия', 5), subject('Физика', null), subject('Алгебра', 5), subject('История', 3)];
  const titles = (sort: 'name' | 'average') =>
    sortSubjects(list, sort, new Intl.Collator('ru').compare).map((one) => one.subjectTitle);

  it('stand by name', () => expect(titles('name')).toEqual(['Алгебра', 'История', 'Физика', 'Химия']));

  it('stand by average from the lowest, those without one last', () => {
    expect(titles('average')).toEqual(['История', 'Алгебра', 'Химия', 'Физика']);
  });
});
