import {
  defineCommand,
  defineQuery,
  each,
  Flag,
  Id,
  LEADERSHIP_ROLES,
  ListOf,
  OneOf,
  roles,
  Text,
  UploadedFile,
  Whole,
} from '@parta/platform-contract';

const TAG = {
  name: 'Thematic plans',
  description: 'What a study group learns, lesson by lesson, read from a spreadsheet.',
};

/** What a column of a spreadsheet is read as. */
export const PLAN_FIELDS = ['topic', 'section', 'homework', 'isControlWork'] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];

/** A spreadsheet has no more. */
const MAX_COLUMN = 16_384;
const MAX_ROW = 1_048_576;

const column = (what: string) => ({
  min: 0,
  max: MAX_COLUMN,
  optional: true,
  description: `column of ${what}, from 1; 0 for none; by its heading when left out`,
});

/** A thematic plan as XLSX, already stored by the gateway, and how to read it where its headings do not say it. */
export class ImportThematicPlan extends UploadedFile {
  @Id()
  groupId: string;

  @Flag({ optional: true, description: 'report only' })
  dryRun?: boolean;

  @Whole({
    min: 0,
    max: 2_000_000_000,
    optional: true,
    description: 'the version of the plan that is to be replaced, as the dry run or the plan itself says it',
  })
  replacesVersion?: number;

  @Text({
    max: 100,
    optional: true,
    description: 'the sheet; the first visible one with a heading when left out',
  })
  sheet?: string;

  @Whole({ min: 0, max: MAX_ROW, optional: true, description: 'row of the headings, from 1; 0 for none' })
  headingRow?: number;

  @Whole(column('topics'))
  topicColumn?: number;

  @Whole(column('sections'))
  sectionColumn?: number;

  @Whole(column('homework'))
  homeworkColumn?: number;

  @Whole(column('marks of control work'))
  controlWorkColumn?: number;
}

export class PlannedLesson {
  @Whole({ min: 1, max: 1000, description: 'order in the plan' })
  position: number;

  @Text({ max: 500 })
  topic: string;

  @Text({ max: 200, nullable: true, description: 'section of the programme' })
  section: string | null;

  @Text({ max: 1000, nullable: true })
  homework: string | null;

  @Flag({ description: 'control work is planned here' })
  isControlWork: boolean;
}

export class ThematicPlanView {
  @Id()
  groupId: string;

  @Whole({
    min: 0,
    max: 2_000_000_000,
    description: 'counts the plans the group has had; 0 when it has none',
  })
  version: number;

  @ListOf(() => PlannedLesson, { max: 1000 })
  lessons: PlannedLesson[];
}

export class PlanSheet {
  @Text({ max: 100 })
  name: string;

  @Flag()
  isHidden: boolean;

  @Whole({ min: 0, max: MAX_ROW, description: 'rows that hold something' })
  rows: number;
}

export class PlanColumn {
  @Whole({ min: 1, max: MAX_COLUMN })
  column: number;

  @Text({ max: 300, nullable: true, description: 'what stands in the row of the headings' })
  heading: string | null;

  @OneOf(PLAN_FIELDS, { nullable: true, description: 'what it is read as; null when it is not read' })
  field: PlanField | null;
}

export class PlanError {
  @Whole({
    min: 1,
    max: MAX_ROW,
    nullable: true,
    description: 'as a spreadsheet program shows it; null for the whole',
  })
  row: number | null;

  @OneOf(PLAN_FIELDS, { nullable: true })
  field: PlanField | null;

  @Text({ max: 100, example: 'curriculum.plan-cell-unreadable' })
  code: string;

  @Text({ max: 300, nullable: true, description: 'what the row says' })
  text: string | null;
}

/** A row below the heading that is no lesson: the heading of a section, a total, a note. */
export class PassedOverRow {
  @Whole({ min: 1, max: MAX_ROW })
  row: number;

  @Text({ max: 300 })
  text: string;
}

/** What a spreadsheet says and what became of it. */
export class ThematicPlanReport extends ThematicPlanView {
  @Flag({ description: 'false for a dry run, when there are errors, or when it is held' })
  isApplied: boolean;

  @Flag({
    description: 'the group has a plan, of another version than `replacesVersion`; nothing was changed',
  })
  isHeld: boolean;

  @Whole({ min: 0, max: 1000, description: 'lessons of the plan the group had before' })
  lessonsBefore: number;

  @ListOf(() => PlanSheet, { max: 100 })
  sheets: PlanSheet[];

  @Text({ max: 100, description: 'the sheet that was read' })
  sheet: string;

  @Whole({ min: 0, max: MAX_ROW, description: '0 when no row of headings was found' })
  headingRow: number;

  @ListOf(() => PlanColumn, { max: 60 })
  columns: PlanColumn[];

  @Whole({ min: 0, max: MAX_ROW })
  errorCount: number;

  @ListOf(() => PlanError, { max: 500 })
  errors: PlanError[];

  @Whole({ min: 0, max: MAX_ROW })
  passedOverCount: number;

  @ListOf(() => PassedOverRow, { max: 500 })
  passedOver: PassedOverRow[];
}

export const importThematicPlan = defineCommand({
  service: 'curriculum',
  name: 'import-thematic-plan',
  http: {
    method: 'POST',
    path: '/api/v1/study-groups/{groupId}/thematic-plan',
    upload: {
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      maxBytes: 5 * 1024 * 1024,
    },
  },
  idempotencyKey: 'ignored',
  access: roles({ teacher: 'own groups', 'deputy-head': 'own schools', administrator: 'own schools' }),
  input: ImportThematicPlan,
  output: ThematicPlanReport,
  summary: 'Replace the thematic plan of a study group by a spreadsheet (R88–R90)',
  description:
    'Columns by their headings: «Раздел», «Тема», «Домашнее задание», «Контрольная», or as the request says. Only the topic is needed. All or nothing: with any error nothing is applied, and each row that cannot be kept is named. The first plan of a group is applied at once; another is held until the file is sent again with `replacesVersion`; the same plan once more changes nothing. A file that cannot be read at all is refused, `details.fault` says why: `not-a-spreadsheet`, `old-excel` (XLS), `open-document` (ODS), `binary-excel` (XLSB), `protected`, `damaged`, `too-large`, `no-such-sheet`. A teacher may do it for the own groups.',
  errors: {
    invalid: ['curriculum.plan-unreadable'],
    'not-found': ['curriculum.group-not-found'],
    conflict: ['curriculum.plan-changed'],
    gone: ['curriculum.plan-unreadable'],
    'too-many': ['curriculum.plans-wait'],
  },
  timeoutMs: 30_000,
  tag: TAG,
});

export class StudyGroupId {
  @Id()
  groupId: string;
}

export const getThematicPlan = defineQuery({
  service: 'curriculum',
  name: 'get-thematic-plan',
  http: { method: 'GET', path: '/api/v1/study-groups/{groupId}/thematic-plan' },
  access: roles({ teacher: 'own groups', ...each(LEADERSHIP_ROLES, 'own schools') }),
  input: StudyGroupId,
  output: ThematicPlanView,
  summary: 'The thematic plan of a study group',
  errors: { 'not-found': ['curriculum.group-not-found'] },
  tag: TAG,
});
