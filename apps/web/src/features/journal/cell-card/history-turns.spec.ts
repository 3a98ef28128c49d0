import { describe, expect, it } from '@jest/globals';
import { turnsOf } from './history-turns';

type Given = [second: number, before: string | null, after: string | null, more?: object];

const history = (given: Given[], subject = 'mark') =>
  given
    .map(([second, before, after, more]) => ({
      changedAt: new Date(Date.UTC(2026, 10, 2, 9, 0, second)).toISOString(),
      changedBy: 'Иванова Анна',
      subject,
      before,
      after,
      reason: null,
      isLate: false,
      ...more,
    }))
    .toReversed();
const outcomes = (given: Given[], subject?: string) =>
  turnsOf(history(given, subject)).map(({ became }) => became.map(({ before, after }) => [before, after]));

describe('the history of a cell, as it is read', () => {
  it.each<[string, Given[], unknown]>([
    ['a mark alone', [[0, null, '5']], [[[null, '5']]]],
    [
      'typed wrongly, taken back, typed again',
      [
        [0, null, '2'],
        [2, '2', null],
        [4, null, '5'],
      ],
      [[[null, '5']]],
    ],
    [
      'put and taken back',
      [
        [0, null, '2'],
        [3, '2', null],
      ],
      [[]],
    ],
    [
      'undone, done again, undone',
      [
        [0, null, '4'],
        [1, '4', null],
        [2, null, '4'],
        [3, '4', null],
      ],
      [[]],
    ],
    [
      'corrected twice',
      [
        [0, '3', '4'],
        [5, '4', '5'],
      ],
      [[['3', '5']]],
    ],
    [
      'corrected and put back',
      [
        [0, '3', '4'],
        [5, '4', '3'],
      ],
      [[]],
    ],
    [
      'an old mark annulled and put back',
      [
        [0, '3', null],
        [5, null, '3'],
      ],
      [[]],
    ],
    [
      'two marks of one lesson',
      [
        [0, null, '5'],
        [1, null, '4'],
      ],
      [
        [
          [null, '5'],
          [null, '4'],
        ],
      ],
    ],
    [
      'two equal marks, one taken back',
      [
        [0, null, '5'],
        [1, null, '5'],
        [2, '5', null],
      ],
      [[[null, '5']]],
    ],
  ])('tells what came of marks: %s', (_, given, expected) => {
    expect(outcomes(given)).toEqual(expected);
  });

  it('tells what came of an absence', () => {
    expect(
      outcomes(
        [
          [0, null, 'ABSENT'],
          [1, 'ABSENT', 'ILL'],
        ],
        'attendance',
      ),
    ).toEqual([[[null, 'ILL']]]);
    expect(
      outcomes(
        [
          [0, null, 'ABSENT'],
          [1, 'ABSENT', null],
        ],
        'attendance',
      ),
    ).toEqual([[]]);
  });

  it('keeps apart what somebody else did, what was done later, and what has a reason', () => {
    expect(
      outcomes([
        [0, null, '2'],
        [300, '2', '3'],
      ]),
    ).toHaveLength(2);
    expect(
      outcomes([
        [0, null, '2'],
        [1, '2', '3', { changedBy: 'Петров Пётр' }],
      ]),
    ).toHaveLength(2);
    expect(
      outcomes([
        [0, null, '2'],
        [1, '2', '3', { reason: 'описка' }],
      ]),
    ).toHaveLength(2);
    expect(
      outcomes([
        [0, null, '2'],
        [1, '2', '3', { isLate: true }],
      ]),
    ).toHaveLength(2);
  });
});
