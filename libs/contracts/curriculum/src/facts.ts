import {
  CalendarDate,
  defineFact,
  Flag,
  Id,
  LessonNumber,
  ListOf,
  LocalTime,
  Text,
  type Fact,
} from '@parta/platform-contract';
import { PeriodView, SchoolYear } from './school-year.js';
import { PlannedLesson } from './thematic-plans.js';

/** The academic year of a school as it is now. */
export class SchoolYearRecordedV1 extends SchoolYear {
  @ListOf(() => PeriodView, { max: 50 })
  periods: PeriodView[];
}

export const schoolYearRecorded = defineFact({
  service: 'curriculum',
  aggregate: 'school-year',
  fact: 'recorded',
  data: SchoolYearRecordedV1,
  summary: 'Periods, days off and bells of a school’s academic year as they are now',
});

export class ScheduledLessonV1 {
  @Id()
  lessonId: string;

  @CalendarDate()
  date: string;

  @LessonNumber()
  lessonNumber: number;

  @LocalTime({ description: 'local time HH:MM' })
  startsAt: string;

  @LocalTime()
  endsAt: string;

  @Text({ max: 100, nullable: true })
  room: string | null;

  @Id({ nullable: true, description: 'who is to give the lesson' })
  teacherId: string | null;

  @Flag({
    optional: true,
    description: 'it had begun when the timetable or the calendar dropped it, and stays; false unless said',
  })
  isOutsideTimetable?: boolean;
}

/** All lessons of a study group in the academic year; a lesson that is not in the list any more was removed. */
export class LessonsScheduledV1 {
  @Id()
  groupId: string;

  @Id()
  academicYearId: string;

  @ListOf(() => ScheduledLessonV1, { max: 2000 })
  lessons: ScheduledLessonV1[];
}

export const lessonsScheduled = defineFact({
  service: 'curriculum',
  aggregate: 'study-group-lessons',
  fact: 'scheduled',
  data: LessonsScheduledV1,
  summary: 'The dated lessons of a study group as they are now',
});

export class ThematicPlanRecordedV1 {
  @Id()
  groupId: string;

  @ListOf(() => PlannedLesson, { max: 1000 })
  lessons: PlannedLesson[];
}

export const thematicPlanRecorded = defineFact({
  service: 'curriculum',
  aggregate: 'thematic-plan',
  fact: 'recorded',
  data: ThematicPlanRecordedV1,
  summary: 'The thematic plan of a study group as it is now',
});

/** Every fact curriculum publishes. */
export const curriculumFacts: readonly Fact[] = [schoolYearRecorded, lessonsScheduled, thematicPlanRecorded];
