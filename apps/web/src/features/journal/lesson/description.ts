import type { Schemas } from '../../../api/types';

type LessonCard = Schemas['LessonCard'];

/** What a teacher writes about a lesson, as the fields of the form hold it. */
export interface Description {
  topic: string;
  workTypeId: string | null;
  homework: string;
  noHomework: boolean;
  dueDate: string;
  individual: { studentId: string | null; text: string }[];
  comment: string;
}

export const FIELDS = [
  'topic',
  'workTypeId',
  'homework',
  'noHomework',
  'dueDate',
  'individual',
  'comment',
] as const;

export const describedBy = (card: LessonCard): Description => ({
  topic: card.topic ?? '',
  workTypeId: card.workTypeId,
  homework: card.homework.text ?? '',
  noHomework: card.homework.noHomework,
  dueDate: card.homework.dueDate ?? '',
  individual: card.homework.individual.map(({ studentId, text }) => ({ studentId, text })),
  comment: card.commentForFamilies ?? '',
});

const textOrNull = (text: string): string | null => text.trim() || null;

export const bodyFor = (version: number, form: Description) => ({
  version,
  topic: textOrNull(form.topic),
  workTypeId: form.workTypeId,
  homework: {
    text: textOrNull(form.homework),
    noHomework: form.noHomework,
    dueDate: form.dueDate || null,
    individual: form.individual.map(({ studentId, text }) => ({ studentId: studentId!, text: text.trim() })),
  },
  commentForFamilies: textOrNull(form.comment),
});

export const isSame = (a: Description, b: Description): boolean =>
  FIELDS.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]));

export interface DescriptionProblems {
  /** «Без задания» and a task exclude each other */
  contradiction: boolean;
  /** indexes of individual tasks without a pupil or a text */
  incomplete: number[];
}

export const problemsOf = (form: Description): DescriptionProblems => ({
  contradiction: form.noHomework && (form.homework.trim() !== '' || form.individual.length > 0),
  incomplete: form.individual.flatMap(({ studentId, text }, index) =>
    studentId && text.trim() ? [] : [index],
  ),
});
