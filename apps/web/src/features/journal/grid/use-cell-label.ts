import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import { useEntries } from '../entries/use-entries';

const WHY = ['not-your-lesson', 'lesson-not-begun', 'entry-window-closed'] as const;

/** Why a column takes no entries, in words. */
export function useClosedText() {
  const { t } = useTranslation('journal');
  return useCallback(
    (code: string | null) => t(`closed.${WHY.find((known) => `journal.${known}` === code) ?? 'other'}`),
    [t],
  );
}

/** What a screen reader says of a cell: who, when, what is there, and whether it is saved. */
export function useCellLabel() {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const { queue } = useEntries();
  const closedText = useClosedText();
  return useCallback(
    (
      student: Pick<Schemas['PageStudent'], 'studentId' | 'name'>,
      lesson: Pick<Schemas['PageLesson'], 'lessonId' | 'date' | 'lessonNumber' | 'isOpen' | 'closedBecause'>,
    ) => {
      const { marks, attendance, state } = queue.cell({
        lessonId: lesson.lessonId,
        studentId: student.studentId,
      });
      const holds = [
        marks.length > 0 && t('cell.marks', { marks: marks.map(({ value }) => value).join(', ') }),
        attendance && t(`attendance.${attendance}`),
      ].filter(Boolean);
      return [
        student.name,
        t('page.lesson', { day: formats.day(lesson.date), number: lesson.lessonNumber }),
        holds.length > 0 ? holds.join(', ') : t('cell.empty'),
        state !== 'saved' && t(`cell.${state}`),
        !lesson.isOpen && closedText(lesson.closedBecause),
      ]
        .filter(Boolean)
        .join('; ');
    },
    [t, formats, queue, closedText],
  );
}
