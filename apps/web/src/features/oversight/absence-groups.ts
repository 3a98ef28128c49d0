import type { Schemas } from '../../api/types';

export type Absence = Schemas['ClassAbsence'];

export const keyOf = ({ lessonId, studentId }: { lessonId: string; studentId: string }): string =>
  `${lessonId} ${studentId}`;

/** «Н» without a reason: the ones to ask the family about. Lateness is no absence. */
export const isUnexplained = ({ code, reason }: Absence): boolean => code === 'ABSENT' && !reason;

export interface AbsentStudent {
  studentId: string;
  name: string;
  absences: Absence[];
}

/** By day, the newest first, and in a day by pupil. */
export function byDayAndStudent(absences: readonly Absence[]): [string, AbsentStudent[]][] {
  const days = new Map<string, Map<string, AbsentStudent>>();
  for (const absence of absences) {
    const day = days.get(absence.date) ?? new Map<string, AbsentStudent>();
    const { studentId, studentName: name } = absence;
    const student = day.get(studentId) ?? { studentId, name, absences: [] };
    student.absences.push(absence);
    day.set(studentId, student);
    days.set(absence.date, day);
  }
  return [...days]
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([date, students]) => [
      date,
      [...students.values()]
        .map((student) => ({
          ...student,
          absences: student.absences.toSorted((a, b) => a.lessonNumber - b.lessonNumber),
        }))
        .sort((a, b) => a.name.localeCompare(b.name, 'ru')),
    ]);
}
