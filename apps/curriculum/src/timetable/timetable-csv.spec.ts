import { describe, expect, it } from '@jest/globals';
import { readTimetable } from './timetable-csv.js';

const HEADER = 'schoolSourcedId,classSourcedId,weekday,lessonNumber,room';
const read = (...rows: string[]) => readTimetable(Buffer.from([HEADER, ...rows].join('\r\n')));

describe('a timetable file', () => {
  it.each([
    ['schoolSourcedId', 's\u0000,k,1,2,12'],
    ['classSourcedId', 's,\u0000,1,2,12'],
    ['weekday', 's,k,1\u0000,2,12'],
    ['lessonNumber', 's,k,1,\u0000,12'],
    ['room', 's,k,1,2,1\u00002'],
  ])('with a NUL is refused by row and field: %s', (field, row) => {
    const { rows, errors } = read('s,k,1,1,', row);
    expect(errors).toEqual([
      { row: 3, field, code: 'curriculum.invalid-text', message: expect.not.stringContaining('\u0000') },
    ]);
    expect(rows).toHaveLength(1);
  });

  it('has its rooms in one form', () => {
    expect(read('s,k,1,1,Каб.\u00a0\u200b 12').rows).toMatchObject([{ room: 'Каб. 12' }]);
  });
});
