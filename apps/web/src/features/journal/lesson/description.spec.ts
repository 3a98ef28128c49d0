import { bodyFor, isSame, problemsOf, type Description } from './description';

const EMPTY: Description = {
  topic: '',
  workTypeId: null,
  homework: '',
  noHomework: false,
  dueDate: '',
  individual: [],
  comment: '',
};

describe('the description of a lesson', () => {
  it('sends blank fields as nothing', () => {
    expect(bodyFor(3, { ...EMPTY, topic: '  Реки  ', homework: ' ' })).toEqual({
      version: 3,
      topic: 'Реки',
      workTypeId: null,
      homework: { text: null, noHomework: false, dueDate: null, individual: [] },
      commentForFamilies: null,
    });
  });

  it('finds a task beside «Без задания», and tasks that are not complete', () => {
    expect(problemsOf({ ...EMPTY, noHomework: true, homework: '§ 4' }).contradiction).toBe(true);
    expect(problemsOf({ ...EMPTY, noHomework: true }).contradiction).toBe(false);
    const individual = [
      { studentId: 's1', text: '§ 5' },
      { studentId: null, text: '§ 5' },
      { studentId: 's2', text: ' ' },
    ];
    expect(problemsOf({ ...EMPTY, individual }).incomplete).toEqual([1, 2]);
  });

  it('knows when nothing was changed', () => {
    expect(isSame(EMPTY, { ...EMPTY })).toBe(true);
    expect(isSame(EMPTY, { ...EMPTY, dueDate: '2026-11-23' })).toBe(false);
  });
});
