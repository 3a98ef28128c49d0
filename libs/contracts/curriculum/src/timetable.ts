import {
  client,
  defineCommand,
  each,
  Flag,
  LessonNumber,
  ListOf,
  ListOfText,
  OneOf,
  Text,
  UploadedFile,
  Whole,
} from '@parta/platform-contract';

const TAG = { name: 'Timetable', description: 'Timetables that a school or a regional system sends.' };

/** A weekly timetable as CSV, already stored by the gateway. */
export class SubmitTimetable extends UploadedFile {
  @Flag({ optional: true, description: 'report only' })
  dryRun?: boolean;

  @Whole({
    min: 0,
    max: 10_000_000,
    optional: true,
    description: 'applies a timetable that was held, if it removes no more coming lessons than this',
  })
  confirmedRemovals?: number;
}

export class TimetableError {
  @Whole({ min: 1, max: 10_000_000, description: 'as a spreadsheet shows it: the header is 1' })
  row: number;

  @Text({ max: 100, nullable: true })
  field: string | null;

  @Text({ max: 100, example: 'curriculum.unknown-group' })
  code: string;

  @Text({ max: 500, description: 'in Russian' })
  message: string;
}

/** Several lessons want the same teacher, class or room at the same time. */
export class TimetableClash {
  @OneOf(['teacher', 'class', 'room'])
  kind: 'teacher' | 'class' | 'room';

  @Text({ max: 300, description: 'whose time it is: the teacher’s name, the class, the room' })
  who: string;

  @Whole({ min: 1, max: 7, description: '1 is Monday' })
  weekday: number;

  @LessonNumber()
  lessonNumber: number;

  @ListOfText({ max: 20, maxLength: 300, description: 'titles of the study groups' })
  groups: string[];
}

export class TimetableReport {
  @Whole({ min: 0, max: 1_000_000, description: 'rows of the timetable' })
  rows: number;

  @Whole({ min: 0, max: 10_000 })
  schools: number;

  @Whole({ min: 0, max: 10_000_000, description: 'dated lessons that were added' })
  lessonsAdded: number;

  @Whole({
    min: 0,
    max: 10_000_000,
    description:
      'coming lessons that are not in the timetable any more; what they would be for a dry run or when it is held',
  })
  lessonsRemoved: number;

  @Whole({ min: 0, max: 10_000_000, description: 'coming lessons that stay' })
  lessonsKept: number;

  @Flag({ description: 'false for a dry run, when there are errors, or when it is held' })
  isApplied: boolean;

  @Flag({ description: 'it removes more than may go without a confirmation; nothing was changed' })
  isHeld: boolean;

  @Text({
    max: 1000,
    nullable: true,
    description: 'in Russian: why it is held, or would be if this is a dry run',
  })
  reason: string | null;

  @Whole({ min: 0, max: 1_000_000 })
  errorCount: number;

  @ListOf(() => TimetableError, { max: 500 })
  errors: TimetableError[];

  @ListOf(() => TimetableClash, { max: 500 })
  clashes: TimetableClash[];
}

export const submitTimetable = defineCommand({
  service: 'curriculum',
  name: 'submit-timetable',
  http: {
    method: 'POST',
    path: '/api/exchange/v1/timetables',
    upload: { contentType: 'text/csv', maxBytes: 20 * 1024 * 1024 },
  },
  idempotencyKey: 'ignored',
  access: client('timetable.write', 'region', {
    'regional-operator': 'region',
    ...each(['administrator', 'deputy-head'], 'own schools'),
  }),
  input: SubmitTimetable,
  output: TimetableReport,
  summary: 'Replace the weekly timetable of the schools named in a CSV (R99–R104)',
  description:
    'Header `schoolSourcedId,classSourcedId,weekday,lessonNumber,room`, UTF-8. All or nothing: with any error nothing is applied. Lessons that have been held stay; coming ones follow the new timetable. Clashes are reported and do not refuse it. A file that takes more than a tenth of a school’s coming lessons or of its groups with lessons, or moves more than half of them, is held: nothing changes until it is sent again with `confirmedRemovals` of at least `lessonsRemoved`. A dry run counts as the real one does. The system that sent a school’s timetable first keeps it; another system’s rows for that school are errors until a person of the school or the region has uploaded a timetable.',
  errors: { invalid: ['curriculum.timetable-unreadable'], gone: ['curriculum.timetable-unreadable'] },
  timeoutMs: 60_000,
  tag: TAG,
});
