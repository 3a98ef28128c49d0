import { randomUUID } from 'node:crypto';
import {
  attendanceRecorded,
  lessonDescribed,
  markRecorded,
  type AttendanceRecordedV1,
  type HomeworkView,
  type LessonDescribedV1,
  type MarkRecordedV1,
} from '../src/index.js';

/* Journal's facts as tests tell them. */

/** Where and when: what each of journal's facts says of its lesson. */
export type Circumstances = Pick<
  MarkRecordedV1,
  'lessonId' | 'groupId' | 'subjectTitle' | 'date' | 'lessonNumber'
>;

/** Topic and homework; nothing of the homework is given unless it is said. */
export const aDescription = (
  where: Circumstances,
  {
    homework,
    ...more
  }: Partial<Omit<LessonDescribedV1, 'homework'>> & { homework?: Partial<HomeworkView> } = {},
) => ({
  fact: lessonDescribed,
  aggregateId: where.lessonId,
  data: {
    ...where,
    topic: null,
    homework: { text: null, noHomework: false, dueDate: null, individual: [], ...homework },
    commentForFamilies: null,
    ...more,
  },
});

/** A mark for an answer at the lesson unless more is said. */
export function aMark(
  where: Circumstances,
  studentId: string,
  value: string,
  more: Partial<MarkRecordedV1> = {},
) {
  const markId = more.markId ?? randomUUID();
  return {
    fact: markRecorded,
    aggregateId: markId,
    data: {
      ...where,
      studentId,
      value,
      numericValue: Number(value),
      workTypeTitle: 'Ответ на уроке',
      weight: 1,
      comment: null,
      previousValue: null,
      isAnnulled: false,
      ...more,
      markId,
    },
  };
}

/**
 * What is written about a pupil's attendance.
 * @param cellId what has been written about before, when it changes
 */
export const anAttendance = (
  where: Circumstances,
  studentId: string,
  code: string | null,
  { cellId = randomUUID() as string, ...more }: Partial<AttendanceRecordedV1> & { cellId?: string } = {},
) => ({
  fact: attendanceRecorded,
  aggregateId: cellId,
  data: { ...where, studentId, code, minutesLate: null, reason: null, ...more },
});
