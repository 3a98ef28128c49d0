import {
  ATTENDANCE_CODES,
  CalendarDate,
  defineCommand,
  defineQuery,
  each,
  Flag,
  Id,
  Instant,
  LEADERSHIP_ROLES,
  LessonNumber,
  ListOf,
  LocalTime,
  MinutesLate,
  OneOf,
  roles,
  Text,
  Whole,
} from '@parta/platform-contract';
import { leaders } from './audience.js';
import { RecordedEntries } from './marks.js';
import { CellRef, LessonOfDay } from './shapes.js';

const TAG = {
  name: 'Oversight',
  description:
    'What a class teacher and the leadership of a school look after: absences and missing entries.',
};

export class MissingOn {
  @CalendarDate()
  date: string;

  @Flag({ optional: true, description: 'also the lessons of the day that have not ended yet' })
  withComing?: boolean;
}

/** A lesson in which something is not written yet. */
export class MissingLesson {
  @Id()
  lessonId: string;

  @Id()
  groupId: string;

  @Text({ max: 300 })
  groupTitle: string;

  @Text({ max: 300, nullable: true })
  teacher: string | null;

  @LessonNumber()
  lessonNumber: number;

  @LocalTime()
  startsAt: string;

  @Flag()
  lacksTopic: boolean;

  @Flag()
  lacksHomework: boolean;

  @Flag({ description: 'no mark, no absence, and nobody said that all are present' })
  lacksEntries: boolean;

  @Instant({ nullable: true })
  entryDeadline: string | null;

  @Flag()
  isOverdue: boolean;
}

export class MissingView {
  @CalendarDate()
  date: string;

  @Whole({ min: 0, max: 100_000, description: 'lessons held by now' })
  held: number;

  @Whole({ min: 0, max: 100_000, description: 'of them complete' })
  complete: number;

  @ListOf(() => MissingLesson, { max: 5000 })
  lessons: MissingLesson[];

  @ListOf(() => MissingLesson, {
    max: 5000,
    description: 'with withComing: lessons that have not ended and are not filled in either',
  })
  coming: MissingLesson[];
}

export const listMissing = defineQuery({
  service: 'journal',
  name: 'list-missing',
  http: { method: 'GET', path: '/api/v1/journal/missing' },
  access: leaders,
  input: MissingOn,
  output: MissingView,
  summary: 'Lessons of a day in which topic, homework or entries are missing (R140–R142)',
  tag: TAG,
});

export class ClassAbsencesOf {
  @Id()
  classId: string;

  @CalendarDate()
  from: string;

  @CalendarDate({ description: 'at most 62 days after from' })
  to: string;
}

export class ClassAbsence extends LessonOfDay {
  @Id()
  studentId: string;

  @Text({ max: 300 })
  studentName: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @OneOf(ATTENDANCE_CODES)
  code: string;

  @MinutesLate()
  minutesLate: number | null;

  @Text({ max: 500, nullable: true, description: 'reason the class teacher wrote' })
  reason: string | null;

  @Whole({ min: 0, max: 1_000_000 })
  cellVersion: number;
}

export class ClassAbsences {
  @ListOf(() => ClassAbsence, { max: 20_000 })
  absences: ClassAbsence[];
}

export const listClassAbsences = defineQuery({
  service: 'journal',
  name: 'list-class-absences',
  http: { method: 'GET', path: '/api/v1/journal/classes/{classId}/absences' },
  access: roles({
    ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
    ...each([...LEADERSHIP_ROLES, 'social-pedagogue'], 'own schools'),
  }),
  input: ClassAbsencesOf,
  output: ClassAbsences,
  summary: 'Absences of a class (R130)',
  errors: {
    invalid: ['journal.range-too-long'],
    forbidden: ['journal.not-your-class'],
    'not-found': ['journal.class-not-found'],
  },
  tag: TAG,
});

export class ExplainAbsence extends CellRef {
  @Whole({ min: 0, max: 1_000_000 })
  cellVersion: number;

  @OneOf(['ABSENT', 'ILL', 'EXCUSED'])
  code: 'ABSENT' | 'ILL' | 'EXCUSED';

  @Text({ max: 500, nullable: true, description: 'справка, заявление' })
  reason: string | null;
}

export class ExplainAbsences {
  @Id()
  classId: string;

  @ListOf(() => ExplainAbsence, { min: 1, max: 500 })
  absences: ExplainAbsence[];
}

export const explainAbsences = defineCommand({
  service: 'journal',
  name: 'explain-absences',
  http: { method: 'POST', path: '/api/v1/journal/classes/{classId}/absences' },
  access: roles(each(['homeroom-teacher', 'group-curator'], 'own classes')),
  input: ExplainAbsences,
  output: RecordedEntries,
  summary: 'The class teacher writes reasons of absences (R130, R131)',
  errors: {
    forbidden: ['journal.not-your-class'],
    'not-found': ['journal.class-not-found'],
    conflict: ['journal.cell-stale', 'journal.not-an-absence'],
  },
  tag: TAG,
});
