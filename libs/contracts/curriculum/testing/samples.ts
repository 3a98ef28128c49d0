import { randomUUID } from 'node:crypto';
import {
  lessonsScheduled,
  schoolYearRecorded,
  thematicPlanRecorded,
  type PeriodView,
  type PlannedLesson,
  type ScheduledLessonV1,
  type SchoolYearRecordedV1,
} from '../src/index.js';

/* Curriculum's facts as tests tell them; what a test does not say is as in most schools. */

/** A study period; a quarter of any id unless more is said. */
export const aPeriod = (
  title: string,
  startDate: string,
  endDate: string,
  { periodId = randomUUID() as string, kind = 'quarter' } = {},
): PeriodView => ({ periodId, title, kind, startDate, endDate });

/** The quarters of autumn. */
export const quarters = (ids: readonly string[] = []): PeriodView[] => [
  aPeriod('I четверть', '2026-09-01', '2026-10-24', { periodId: ids[0] }),
  aPeriod('II четверть', '2026-11-02', '2026-12-30', { periodId: ids[1] }),
];

export const aSchoolYear = (academicYearId: string, more: Partial<SchoolYearRecordedV1> = {}) => ({
  fact: schoolYearRecorded,
  aggregateId: academicYearId,
  data: {
    academicYearId,
    title: '2026/2027 учебный год',
    startDate: '2026-09-01',
    endDate: '2027-05-31',
    periods: quarters(),
    daysOff: [],
    transfers: [],
    bells: [],
    ...more,
  },
});

type TestLesson = Partial<ScheduledLessonV1> & Pick<ScheduledLessonV1, 'lessonId' | 'date'>;

/** The one that lessons are of unless another is named. */
const ACADEMIC_YEAR = randomUUID();

/** The lessons of a study group, each the second of its day unless more is said. */
export const lessonsOf = (
  groupId: string,
  lessons: readonly TestLesson[],
  academicYearId: string = ACADEMIC_YEAR,
) => ({
  fact: lessonsScheduled,
  aggregateId: groupId,
  data: {
    groupId,
    academicYearId,
    lessons: lessons.map((lesson) => ({
      lessonNumber: 2,
      startsAt: '09:25',
      endsAt: '10:10',
      room: null,
      teacherId: null,
      ...lesson,
    })),
  },
});

/** The thematic plan of a study group. */
export const aThematicPlan = (
  groupId: string,
  lessons: readonly (Partial<PlannedLesson> & Pick<PlannedLesson, 'topic'>)[],
) => ({
  fact: thematicPlanRecorded,
  aggregateId: groupId,
  data: {
    groupId,
    lessons: lessons.map((lesson, i) => ({
      position: i + 1,
      section: null,
      homework: null,
      isControlWork: false,
      ...lesson,
    })),
  },
});
