import {
  ATTENDANCE_CODES,
  CalendarDate,
  Decimal,
  defineQuery,
  Flag,
  Id,
  Instant,
  LessonNumber,
  ListOf,
  LocalTime,
  MinutesLate,
  Nested,
  OneOf,
  Text,
} from '@parta/platform-contract';
import { readers, TAG } from './readers.js';

export class DiaryDaysOf {
  @Id()
  studentId: string;

  @CalendarDate()
  from: string;

  @CalendarDate({ description: 'at most 31 days, both ends included' })
  to: string;
}

export class DiaryMark {
  @Id()
  markId: string;

  @Text({ max: 10, example: '5' })
  value: string;

  @Text({ max: 100, description: 'the kind of work it was given for (R149)' })
  workTypeTitle: string;

  @Decimal({ min: 0, max: 100 })
  weight: number;

  @Text({ max: 500, nullable: true })
  comment: string | null;

  @Text({ max: 10, nullable: true, description: 'before the last correction' })
  previousValue: string | null;

  @Instant({ description: 'when it was put or corrected' })
  recordedAt: string;
}

export class DiaryHomework {
  @Text({ max: 2000, nullable: true })
  text: string | null;

  @Text({ max: 2000, nullable: true, description: 'for this pupil alone (R135)' })
  individual: string | null;

  @Flag({ description: '«Без задания»' })
  noHomework: boolean;

  @CalendarDate({ nullable: true, description: 'due; the next lesson if null' })
  dueDate: string | null;
}

export class DiaryAbsence {
  @OneOf(ATTENDANCE_CODES)
  code: string;

  @MinutesLate()
  minutesLate: number | null;

  @Text({ max: 500, nullable: true })
  reason: string | null;
}

export class DiaryLesson {
  @Id()
  lessonId: string;

  @LessonNumber()
  lessonNumber: number;

  @LocalTime({ description: 'local time' })
  startsAt: string;

  @LocalTime()
  endsAt: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @Text({ max: 100, nullable: true })
  room: string | null;

  @Text({ max: 300, nullable: true })
  teacher: string | null;

  @Text({ max: 500, nullable: true })
  topic: string | null;

  @Nested(() => DiaryHomework)
  homework: DiaryHomework;

  @Text({ max: 1000, nullable: true, description: 'the teacher’s comment to the families' })
  comment: string | null;

  @ListOf(() => DiaryMark, { max: 10 })
  marks: DiaryMark[];

  @Nested(() => DiaryAbsence, { nullable: true })
  absence: DiaryAbsence | null;
}

export class DiaryDay {
  @CalendarDate()
  date: string;

  @Text({ max: 200, nullable: true, description: 'why there are no lessons: a holiday, a school break' })
  dayOff: string | null;

  @ListOf(() => DiaryLesson, { max: 20 })
  lessons: DiaryLesson[];
}

export class DiaryDaysView {
  @Id()
  studentId: string;

  @Text({ max: 300 })
  studentName: string;

  @Text({ max: 100, nullable: true })
  classTitle: string | null;

  @Text({ max: 60, description: 'IANA time zone of the school' })
  timeZone: string;

  @ListOf(() => DiaryDay, { max: 31, description: 'every day of the range' })
  days: DiaryDay[];
}

export const listDiaryDays = defineQuery({
  service: 'diary',
  name: 'list-days',
  http: { method: 'GET', path: '/api/v1/diary/{studentId}/days' },
  access: readers,
  input: DiaryDaysOf,
  output: DiaryDaysView,
  summary: 'The diary of a pupil: lessons, topics, homework, marks, absences (R149)',
  description:
    'The family sees the own children only (R24, R161); the class teacher the own class, the leadership the school.',
  errors: { invalid: ['diary.range-too-long'], 'not-found': ['diary.student-not-found'] },
  tag: TAG,
});
