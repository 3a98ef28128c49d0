import {
  ATTENDANCE_CODES,
  Decimal,
  defineFact,
  Flag,
  Id,
  MinutesLate,
  Nested,
  OneOf,
  Text,
  type Fact,
} from '@parta/platform-contract';
import { HomeworkView } from './lessons.js';
import { GroupLesson } from './shapes.js';

/** Where and when: enough for a diary that has not heard of the lesson. */
class LessonCircumstances extends GroupLesson {
  @Text({ max: 200 })
  subjectTitle: string;
}

export class LessonDescribedV1 extends LessonCircumstances {
  @Text({ max: 500, nullable: true })
  topic: string | null;

  @Nested(() => HomeworkView)
  homework: HomeworkView;

  @Text({ max: 1000, nullable: true })
  commentForFamilies: string | null;
}

export const lessonDescribed = defineFact({
  service: 'journal',
  aggregate: 'lesson',
  fact: 'described',
  data: LessonDescribedV1,
  summary: 'Topic and homework of a lesson as they are now',
});

export class MarkRecordedV1 extends LessonCircumstances {
  @Id()
  markId: string;

  @Id()
  studentId: string;

  @Text({ max: 10, description: '«5»' })
  value: string;

  @Decimal({ min: 0, max: 100, nullable: true })
  numericValue: number | null;

  @Text({ max: 100 })
  workTypeTitle: string;

  @Decimal({ min: 0, max: 100 })
  weight: number;

  @Text({ max: 500, nullable: true })
  comment: string | null;

  @Text({ max: 10, nullable: true, description: 'value before the last correction' })
  previousValue: string | null;

  @Flag({ description: 'annulled: it counts no more' })
  isAnnulled: boolean;
}

export const markRecorded = defineFact({
  service: 'journal',
  aggregate: 'mark',
  fact: 'recorded',
  data: MarkRecordedV1,
  summary: 'A mark as it is now: put, corrected or annulled',
});

export class AttendanceRecordedV1 extends LessonCircumstances {
  @Id()
  studentId: string;

  @OneOf(ATTENDANCE_CODES, { nullable: true, description: 'null: present after all' })
  code: string | null;

  @MinutesLate()
  minutesLate: number | null;

  @Text({ max: 500, nullable: true })
  reason: string | null;
}

export const attendanceRecorded = defineFact({
  service: 'journal',
  aggregate: 'attendance',
  fact: 'recorded',
  data: AttendanceRecordedV1,
  summary: 'Attendance of a pupil at a lesson as it is now',
});

/** Every fact journal publishes. */
export const journalFacts: readonly Fact[] = [lessonDescribed, markRecorded, attendanceRecorded];
