import {
  CalendarDate,
  defineCommand,
  defineQuery,
  Done,
  each,
  Flag,
  Id,
  Instant,
  LEADERSHIP_ROLES,
  ListOf,
  Nothing,
  OneOf,
  PageNumber,
  PageSize,
  roles,
  StoredFileRef,
  Text,
  Total,
  Whole,
} from '@parta/platform-contract';

const TAG = { name: 'Reports', description: 'Reports and printed journals, made in the background.' };

const OFFICE = each([...LEADERSHIP_ROLES, 'secretary'], 'own schools');

/** A teacher prints the journals of the own groups, a class teacher or curator everything of the own class (R26, R28, R190). */
const printers = roles({
  ...OFFICE,
  teacher: 'own groups',
  ...each(['homeroom-teacher', 'group-curator'], 'own classes'),
});

/** What others have ordered is the office’s to see. */
const readers = roles({ ...OFFICE, ...each(['teacher', 'homeroom-teacher', 'group-curator'], 'self') });

export const REPORT_KINDS = ['class-subject-journal', 'class-progress'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** `expired`: it was made, and its file is not kept any more. */
export const REPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** Where finished reports are kept, and for how long. */
export const REPORT_FILES = {
  bucket: 'parta-reports',
  keepDays: 7,
  contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A report to be made: of a period of the school year, or between two dates. */
export class OrderReport {
  @OneOf(REPORT_KINDS, {
    description:
      'class-subject-journal: the journal of a study group as on paper (R190); class-progress: progress and attendance of a class (R176, R183)',
  })
  kind: ReportKind;

  @Id({ optional: true, description: 'study group, for class-subject-journal' })
  groupId?: string;

  @Id({ optional: true, description: 'class, for class-progress' })
  classId?: string;

  @Id({ optional: true, description: 'a period of the school year; else from and to' })
  periodId?: string;

  @CalendarDate({ optional: true })
  from?: string;

  @CalendarDate({ optional: true, description: 'within the same academic year as from' })
  to?: string;
}

export class ReportRef {
  @Id()
  id: string;

  @OneOf(REPORT_STATES)
  state: ReportState;
}

export const orderReport = defineCommand({
  service: 'reporting',
  name: 'order-report',
  http: { method: 'POST', path: '/api/v1/reports', status: 202 },
  access: printers,
  input: OrderReport,
  output: ReportRef,
  summary: 'Order a report; it is made in the background (R185)',
  description:
    'The leadership and the secretary order for the whole school; a teacher the journals of the own groups; a class teacher or curator everything of the own class. The same Idempotency-Key answers with the same report.',
  idempotencyKey: 'required',
  errors: {
    invalid: ['reporting.period-outside-year', 'reporting.nothing-to-print'],
    'not-found': ['reporting.group-not-found', 'reporting.class-not-found', 'reporting.period-not-found'],
    'too-many': ['reporting.too-many-waiting'],
  },
  tag: TAG,
});

export class ReportView extends ReportRef {
  @OneOf(REPORT_KINDS)
  kind: ReportKind;

  @Text({ max: 700, description: 'study group or class: «7А Алгебра»' })
  title: string;

  @Text({ max: 200, nullable: true, description: 'the period’s name; null for two dates' })
  periodTitle: string | null;

  @CalendarDate()
  from: string;

  @CalendarDate()
  to: string;

  @Whole({ min: 0, max: 100, description: 'percent' })
  progress: number;

  @Text({ max: 300, description: 'who ordered it' })
  orderedBy: string;

  @Flag({ description: 'this actor ordered it' })
  isMine: boolean;

  @Instant()
  orderedAt: string;

  @Instant({ nullable: true })
  finishedAt: string | null;

  @Instant({ nullable: true, description: 'until when the file is kept' })
  expiresAt: string | null;

  @Text({ max: 250, nullable: true })
  fileName: string | null;

  @Whole({ min: 0, max: 1_000_000_000, nullable: true, description: 'bytes' })
  size: number | null;

  @Text({ max: 100, nullable: true, description: 'why it failed; translate by it' })
  errorCode: string | null;
}

export class ListReports {
  @Flag({ optional: true, description: 'only what this actor ordered' })
  mine?: boolean;

  @PageNumber()
  page?: number;

  @PageSize({ max: 100, unlessSaid: 20 })
  pageSize?: number;
}

export class ReportPage {
  @ListOf(() => ReportView, { max: 100 })
  reports: ReportView[];

  @Total()
  total: number;
}

export const listReports = defineQuery({
  service: 'reporting',
  name: 'list-reports',
  http: { method: 'GET', path: '/api/v1/reports' },
  access: readers,
  input: ListReports,
  output: ReportPage,
  summary: 'Reports, the newest first: the own ones; for the leadership and the secretary all of the school',
  tag: TAG,
});

export class ReportId {
  @Id()
  id: string;
}

export const getReport = defineQuery({
  service: 'reporting',
  name: 'get-report',
  http: { method: 'GET', path: '/api/v1/reports/{id}' },
  access: readers,
  input: ReportId,
  output: ReportView,
  summary: 'State and progress of a report',
  errors: { 'not-found': ['reporting.report-not-found'] },
  tag: TAG,
});

export const downloadReport = defineQuery({
  service: 'reporting',
  name: 'download-report',
  http: { method: 'GET', path: '/api/v1/reports/{id}/file', download: REPORT_FILES },
  access: readers,
  input: ReportId,
  output: StoredFileRef,
  summary: 'The finished report as XLSX',
  errors: {
    'not-found': ['reporting.report-not-found'],
    conflict: ['reporting.report-unfinished'],
    gone: ['reporting.file-expired', 'request.file-gone'],
  },
  tag: TAG,
});

export const cancelReport = defineCommand({
  service: 'reporting',
  name: 'cancel-report',
  http: { method: 'POST', path: '/api/v1/reports/{id}/cancellation' },
  access: readers,
  input: ReportId,
  output: ReportRef,
  summary: 'Stop a report that waits or is being made',
  errors: { 'not-found': ['reporting.report-not-found'], conflict: ['reporting.report-finished'] },
  tag: TAG,
});

export const deleteReport = defineCommand({
  service: 'reporting',
  name: 'delete-report',
  http: { method: 'DELETE', path: '/api/v1/reports/{id}' },
  access: readers,
  input: ReportId,
  output: Done,
  summary: 'Remove a finished report and its file',
  errors: { 'not-found': ['reporting.report-not-found'], conflict: ['reporting.report-unfinished'] },
  tag: TAG,
});

export class ReportGroup {
  @Id()
  groupId: string;

  @Id({ nullable: true })
  classId: string | null;

  @Text({ max: 300 })
  title: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @Text({ max: 100, nullable: true })
  classTitle: string | null;

  @Flag({ description: 'this actor teaches it' })
  isMine: boolean;

  @Flag({ description: 'of an academic year that is over' })
  isPast: boolean;
}

export class ReportClass {
  @Id()
  classId: string;

  @Text({ max: 100 })
  title: string;

  @Flag({ description: 'this actor is its class teacher or curator' })
  isMine: boolean;

  @Flag({ description: 'of an academic year that is over' })
  isPast: boolean;
}

export class ReportChoices {
  @ListOf(() => ReportGroup, { max: 10_000, description: 'whose journal may be printed' })
  groups: ReportGroup[];

  @ListOf(() => ReportClass, { max: 1000, description: 'whose progress report may be made' })
  classes: ReportClass[];
}

export const getReportChoices = defineQuery({
  service: 'reporting',
  name: 'get-report-choices',
  http: { method: 'GET', path: '/api/v1/report-choices' },
  access: printers,
  input: Nothing,
  output: ReportChoices,
  summary: 'Study groups and classes of which the actor may order reports',
  tag: TAG,
});
