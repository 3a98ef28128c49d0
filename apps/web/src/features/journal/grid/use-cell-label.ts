import { useCallback, useMemo } from 'react';
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

function once(make: (date: string, lessonNumber: number) => string) {
  const known = new Map<string, string>();
  return ({ date, lessonNumber }: { date: string; lessonNumber: number }): string => {
    const key = `${date} ${lessonNumber}`;
    const name = known.get(key) ?? make(date, lessonNumber);
    known.set(key, name);
    return name;
  };
}

/** What a screen reader says of a cell: who, when, what is there, and whether it is saved. */
export function useCellLabel() {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const { queue } = useEntries();
  const closedText = useClosedText();
  // A thousand cells are named at once, and many of them stand in the same column.
  const lessonName = useMemo(
    () => once((date, number) => t('page.lesson', { day: formats.day(date), number })),
    [t, formats],
  );
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
        lessonName(lesson),
        holds.length > 0 ? holds.join(', ') : t('cell.empty'),
        state !== 'saved' && t(`cell.${state}`),
        !lesson.isOpen && closedText(lesson.closedBecause),
      ]
        .filter(Boolean)
        .join('; ');
    },
    [t, lessonName, queue, closedText],
  );
}
