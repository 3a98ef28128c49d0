import {
  ATTENDANCE_CODES,
  Decimal,
  defineFact,
  Flag,
  Id,
  ListOf,
  MinutesLate,
  Nested,
  OneOf,
  Text,
  Whole,
  type Envelope,
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

/** A mark as it is now: put, corrected or annulled. */
export class RecordedMark {
  @Id()
  markId: string;

  @Whole({ min: 1, max: 1_000_000, description: 'grows with each change of the mark' })
  version: number;

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

/** Attendance of a pupil at the lesson as it is now. */
export class RecordedAttendance {
  @Id({ description: 'the pupil at the lesson' })
  cellId: string;

  @Whole({ min: 1, max: 1_000_000, description: 'grows with each change of the cell' })
  version: number;

  @Id()
  studentId: string;

  @OneOf(ATTENDANCE_CODES, { nullable: true, description: 'null: present after all' })
  code: string | null;

  @MinutesLate()
  minutesLate: number | null;

  @Text({ max: 500, nullable: true })
  reason: string | null;
}

export class LessonEntriesRecordedV1 extends LessonCircumstances {
  @ListOf(() => RecordedMark, { max: 200 })
  marks: RecordedMark[];

  @ListOf(() => RecordedAttendance, { max: 200 })
  attendance: RecordedAttendance[];
}

export const lessonEntriesRecorded = defineFact({
  service: 'journal',
  aggregate: 'lesson',
  fact: 'entries-recorded',
  data: LessonEntriesRecordedV1,
  summary: 'Marks and attendance that one command changed in a lesson, each as it is now',
});

/** One mark or one attendance with its lesson. */
export type WithLesson<Entry> = Omit<Entry, 'version'> & LessonCircumstances;

/** Each mark of the fact as a fact of its own, under its own id and version. */
export const marksOf = (fact: Envelope<LessonEntriesRecordedV1>): Envelope<WithLesson<RecordedMark>>[] =>
  each(fact, fact.data.marks, (mark) => mark.markId);

/** Each attendance of the fact as a fact of its own, under its cell's id and version. */
export const attendanceOf = (
  fact: Envelope<LessonEntriesRecordedV1>,
): Envelope<WithLesson<RecordedAttendance>>[] => each(fact, fact.data.attendance, (one) => one.cellId);

function each<Entry extends { version: number }>(
  { data, ...envelope }: Envelope<LessonEntriesRecordedV1>,
  entries: readonly Entry[],
  idOf: (entry: Entry) => string,
): Envelope<WithLesson<Entry>>[] {
  const { lessonId, groupId, date, lessonNumber, subjectTitle } = data;
  return entries.map((entry) => {
    const { version, ...told } = entry;
    return {
      ...envelope,
      aggregateId: idOf(entry),
      aggregateVersion: version,
      data: { lessonId, groupId, date, lessonNumber, subjectTitle, ...told },
    };
  });
}

/** Every fact journal publishes. */
export const journalFacts: readonly Fact[] = [lessonDescribed, lessonEntriesRecorded];
