import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import {
  lessonDescribed,
  lessonEntriesRecorded,
  type HomeworkView,
  type LessonDescribedV1,
  type RecordedAttendance,
  type RecordedMark,
} from '../src/index.js';

/* Journal's facts as tests tell them. */

/** Where and when: what each of journal's facts says of its lesson. */
export type Circumstances = Pick<
  LessonDescribedV1,
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

/** A mark for an answer at the lesson unless more is said; its first version. */
export const aMark = (
  where: Circumstances,
  studentId: string,
  value: string,
  // Like journal's own: of two marks of one moment the later has the larger id.
  { markId = uuidv7(), version = 1, ...more }: Partial<RecordedMark> = {},
) => ({
  fact: lessonEntriesRecorded,
  aggregateId: where.lessonId,
  data: {
    ...where,
    marks: [
      {
        markId,
        version,
        studentId,
        value,
        numericValue: Number(value),
        workTypeTitle: 'Ответ на уроке',
        weight: 1,
        comment: null,
        previousValue: null,
        isAnnulled: false,
        ...more,
      },
    ],
    attendance: [],
  },
});

/**
 * What is written about a pupil's attendance; its first version.
 * @param more with the `cellId` of what has been written about before, when it changes
 */
export const anAttendance = (
  where: Circumstances,
  studentId: string,
  code: string | null,
  { cellId = randomUUID() as string, version = 1, ...more }: Partial<RecordedAttendance> = {},
) => ({
  fact: lessonEntriesRecorded,
  aggregateId: where.lessonId,
  data: {
    ...where,
    marks: [],
    attendance: [{ cellId, version, studentId, code, minutesLate: null, reason: null, ...more }],
  },
});
