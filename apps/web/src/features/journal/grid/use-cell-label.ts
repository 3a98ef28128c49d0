import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../../api/types';
import { useFormats } from '../../../i18n/use-formats';
import type { AttendanceCode, CellState } from '../entries/types';
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

function once<K>(make: (of: K) => string): (of: K) => string {
  const known = new Map<string, string>();
  return (of) => {
    const key = String(of);
    let text = known.get(key);
    if (text === undefined) known.set(key, (text = make(of)));
    return text;
  };
}

/** What a screen reader says of a cell: who, when, what is there, and whether it is saved. */
export function useCellLabel() {
  const { t } = useTranslation('journal');
  const formats = useFormats();
  const { queue } = useEntries();
  const closedText = useClosedText();
  // A thousand cells are named at once: what they have in common is put into words once.
  const say = useMemo(
    () => ({
      lesson: once(([date, number]: readonly [string, number]) =>
        t('page.lesson', { day: formats.day(date), number }),
      ),
      marks: once((marks: string) => t('cell.marks', { marks })),
      attendance: once((code: AttendanceCode) => t(`attendance.${code}`)),
      state: once((state: CellState) => (state === 'saved' ? '' : t(`cell.${state}`))),
      closed: once((code: string | null) => closedText(code)),
      empty: t('cell.empty'),
    }),
    [t, formats, closedText],
  );
  return useCallback(
    (
      student: Pick<Schemas['PageStudent'], 'studentId' | 'name'>,
      lesson: Pick<Schemas['PageLesson'], 'lessonId' | 'date' | 'lessonNumber' | 'isOpen' | 'closedBecause'>,
    ) => {
      const { lessonId } = lesson;
      const { marks, attendance, state } = queue.cell({ lessonId, studentId: student.studentId });
      let label = `${student.name}; ${say.lesson([lesson.date, lesson.lessonNumber])}; `;
      if (marks.length > 0) label += say.marks(marks.map(({ value }) => value).join(', '));
      if (marks.length > 0 && attendance) label += ', ';
      if (attendance) label += say.attendance(attendance);
      if (marks.length === 0 && !attendance) label += say.empty;
      if (state !== 'saved') label += `; ${say.state(state)}`;
      if (!lesson.isOpen) label += `; ${say.closed(lesson.closedBecause)}`;
      return label;
    },
    [say, queue],
  );
}
