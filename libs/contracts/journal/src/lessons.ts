import {
  CalendarDate,
  defineCommand,
  defineQuery,
  Flag,
  Id,
  Instant,
  ListOf,
  LocalTime,
  Nested,
  OneOf,
  Text,
  Whole,
} from '@parta/platform-contract';
import { readers, teachers, writers } from './audience.js';
import { CellView } from './marks.js';
import { OPENING_STATES } from './openings.js';
import { ListedStudent, TitledLesson } from './shapes.js';
import { TAG } from './tag.js';

export class LessonsOfDay {
  @CalendarDate()
  date: string;
}

/** Homework of a lesson: for the whole group, and for single pupils. */
export class IndividualHomework {
  @Id()
  studentId: string;

  @Text({ max: 2000 })
  text: string;
}

export class HomeworkView {
  @Text({ max: 2000, nullable: true, description: 'for the whole group' })
  text: string | null;

  @Flag({ description: '«Без задания» (R133)' })
  noHomework: boolean;

  @CalendarDate({ nullable: true, description: 'due; the next lesson if null' })
  dueDate: string | null;

  @ListOf(() => IndividualHomework, { max: 50 })
  individual: IndividualHomework[];
}

export class LessonRow extends TitledLesson {
  @Id()
  schoolId: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @LocalTime()
  startsAt: string;

  @LocalTime()
  endsAt: string;

  @Text({ max: 100, nullable: true })
  room: string | null;

  @Text({ max: 500, nullable: true })
  topic: string | null;

  @Flag({ description: 'homework or «Без задания» is written' })
  hasHomework: boolean;

  @Whole({ min: 0, max: 1000 })
  students: number;

  @Whole({ min: 0, max: 1000 })
  absent: number;

  @Whole({ min: 0, max: 5000 })
  marks: number;

  @Flag({ description: 'no mark, no absence, and nobody said that all are present' })
  lacksEntries: boolean;

  @Instant({ nullable: true, description: 'until when entries are in time (R112)' })
  entryDeadline: string | null;

  @Flag({ description: 'entries are accepted now' })
  isOpen: boolean;

  @Flag({
    description: 'the timetable has it no more; it stays because it has begun or something is written in it',
  })
  isOutsideTimetable: boolean;
}

export class DayLessons {
  @CalendarDate()
  date: string;

  @ListOf(() => LessonRow, { max: 50 })
  lessons: LessonRow[];
}

export const listMyLessons = defineQuery({
  service: 'journal',
  name: 'list-my-lessons',
  http: { method: 'GET', path: '/api/v1/journal/lessons' },
  access: teachers,
  input: LessonsOfDay,
  output: DayLessons,
  summary: 'The teacher’s own lessons of a day, with what is filled (R27)',
  tag: TAG,
});

export class LessonId {
  @Id()
  lessonId: string;
}

export class LessonStudent extends ListedStudent {
  @Nested(() => CellView)
  cell: CellView;
}

/** The last request to open a lesson, and its answer. */
export class LessonOpening {
  @OneOf(OPENING_STATES)
  state: string;

  @CalendarDate({ nullable: true, description: 'the last day on which entries are accepted' })
  openUntil: string | null;

  @Text({ max: 500, nullable: true, description: 'what the deputy head answered' })
  answer: string | null;
}

export class LessonCard extends LessonRow {
  @Whole({ min: 0, max: 1_000_000, description: 'version of topic and homework' })
  version: number;

  @Text({ max: 500, nullable: true, description: 'topic the thematic plan has for this lesson (R94)' })
  plannedTopic: string | null;

  @Text({ max: 1000, nullable: true })
  plannedHomework: string | null;

  @Id({ nullable: true })
  workTypeId: string | null;

  @Nested(() => HomeworkView)
  homework: HomeworkView;

  @Text({ max: 1000, nullable: true })
  commentForFamilies: string | null;

  @Flag({ description: 'the teacher has said that whoever is not entered as absent is present' })
  attendanceTaken: boolean;

  @Flag({ description: 'this actor may write here' })
  isMine: boolean;

  @Text({
    max: 50,
    nullable: true,
    description: 'why this actor’s entries are not accepted now: an error code',
  })
  closedBecause: string | null;

  @Nested(() => LessonOpening, { nullable: true, description: 'last request to open the lesson' })
  opening: LessonOpening | null;

  @ListOf(() => LessonStudent, { max: 1000 })
  list: LessonStudent[];
}

export const getLesson = defineQuery({
  service: 'journal',
  name: 'get-lesson',
  http: { method: 'GET', path: '/api/v1/journal/lessons/{lessonId}' },
  access: readers,
  input: LessonId,
  output: LessonCard,
  summary: 'A lesson with its pupils, marks and absences',
  errors: { 'not-found': ['journal.lesson-not-found'] },
  tag: TAG,
});

export class DescribeLesson extends LessonId {
  @Whole({ min: 0, max: 1_000_000, description: 'version the teacher saw' })
  version: number;

  @Text({ max: 500, nullable: true, optional: true })
  topic?: string | null;

  @Id({ nullable: true, optional: true, description: 'kind of work of the lesson (R111, R115)' })
  workTypeId?: string | null;

  @Nested(() => HomeworkView, { optional: true })
  homework?: HomeworkView;

  @Text({ max: 1000, nullable: true, optional: true })
  commentForFamilies?: string | null;
}

export class DescribedLesson {
  @Whole({ min: 0, max: 1_000_000 })
  version: number;

  @Instant()
  savedAt: string;
}

export const describeLesson = defineCommand({
  service: 'journal',
  name: 'describe-lesson',
  http: { method: 'PUT', path: '/api/v1/journal/lessons/{lessonId}' },
  access: writers,
  input: DescribeLesson,
  output: DescribedLesson,
  summary: 'Write topic, kind of work and homework of a lesson (R111, R133, R135)',
  description: 'What is left out stays. Only the lesson’s teacher or substitute.',
  errors: {
    invalid: [
      'journal.homework-contradiction',
      'journal.homework-due-before-lesson',
      'journal.work-type-unknown',
    ],
    forbidden: ['journal.not-your-lesson'],
    'not-found': ['journal.lesson-not-found'],
    conflict: ['journal.lesson-stale', 'journal.entry-window-closed', 'journal.student-not-in-group'],
  },
  tag: TAG,
});

export class TakeAttendance extends LessonId {
  @Flag({ description: 'true: whoever is not entered as absent is present; false: that was said by mistake' })
  isTaken: boolean;
}

export class AttendanceTaken {
  @Flag()
  attendanceTaken: boolean;

  @Instant()
  savedAt: string;
}

export const takeAttendance = defineCommand({
  service: 'journal',
  name: 'take-attendance',
  http: { method: 'PUT', path: '/api/v1/journal/lessons/{lessonId}/attendance' },
  access: writers,
  input: TakeAttendance,
  output: AttendanceTaken,
  summary: 'Say that all who are not entered as absent are present (R27, R140)',
  description:
    'A lesson without absences and marks is complete by this. Only the lesson’s teacher or substitute. Said twice, nothing changes.',
  errors: {
    forbidden: ['journal.not-your-lesson'],
    'not-found': ['journal.lesson-not-found'],
    conflict: ['journal.entry-window-closed'],
  },
  tag: TAG,
});
