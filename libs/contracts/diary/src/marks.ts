import { CalendarDate, Decimal, defineQuery, Id, ListOf, Text, Whole } from '@parta/platform-contract';
import { DiaryMark } from './days.js';
import { readers, TAG } from './readers.js';

export class SubjectMarksOf {
  @Id()
  studentId: string;

  @Id({ optional: true, description: 'a study period; the current one if left out' })
  periodId?: string;
}

export class DatedMark extends DiaryMark {
  @CalendarDate()
  date: string;

  @Id()
  lessonId: string;
}

export class SubjectMarks {
  @Text({ max: 200 })
  subjectTitle: string;

  @Text({ max: 300, nullable: true })
  teacher: string | null;

  @Decimal({ min: 0, max: 5, nullable: true })
  average: number | null;

  @Decimal({ min: 0, max: 5, nullable: true })
  weightedAverage: number | null;

  @Whole({ min: 0, max: 1000, description: 'lessons missed in the period' })
  absences: number;

  @ListOf(() => DatedMark, { max: 1000, description: 'by date' })
  marks: DatedMark[];
}

export class DiaryPeriod {
  @Id()
  periodId: string;

  @Text({ max: 200 })
  title: string;

  @CalendarDate()
  startDate: string;

  @CalendarDate()
  endDate: string;
}

export class SubjectMarksView {
  @Id()
  studentId: string;

  @Id({ nullable: true, description: 'the period shown' })
  periodId: string | null;

  @ListOf(() => DiaryPeriod, {
    max: 20,
    description: 'periods that count for this pupil: quarters for years 1–9, half-years for others (R71)',
  })
  periods: DiaryPeriod[];

  @ListOf(() => SubjectMarks, { max: 100 })
  subjects: SubjectMarks[];
}

export const listSubjectMarks = defineQuery({
  service: 'diary',
  name: 'list-subject-marks',
  http: { method: 'GET', path: '/api/v1/diary/{studentId}/marks' },
  access: readers,
  input: SubjectMarksOf,
  output: SubjectMarksView,
  summary: 'Marks by subject with averages, for a study period (R146, R163)',
  errors: { 'not-found': ['diary.student-not-found', 'diary.period-not-found'] },
  tag: TAG,
});
