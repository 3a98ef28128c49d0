import {
  ATTENDANCE_CODES,
  Decimal,
  defineCommand,
  defineQuery,
  Flag,
  Id,
  Instant,
  ListOf,
  MinutesLate,
  Nested,
  Nothing,
  OneOf,
  Text,
  Whole,
} from '@parta/platform-contract';
import { markers, readers, writers } from './audience.js';
import { CellRef } from './shapes.js';
import { TAG } from './tag.js';

/** Current marks allowed (R113); others are refused. */
export const CURRENT_MARKS = ['5', '4', '3', '2'] as const;

/** Kinds of entry in one command. */
export const ENTRY_KINDS = ['mark', 'correction', 'annulment', 'attendance'] as const;

export class JournalEntry {
  @OneOf(ENTRY_KINDS, {
    description:
      'mark: a new mark (value, workTypeId, comment); correction: another value, kind of work or comment for markId; annulment: markId becomes void, history is kept; attendance: code, or null for present',
  })
  kind: 'mark' | 'correction' | 'annulment' | 'attendance';

  @Id()
  studentId: string;

  @Whole({
    min: 0,
    max: 1_000_000,
    description: 'version of the cell that the teacher saw; 0 for an empty one',
  })
  cellVersion: number;

  @OneOf(CURRENT_MARKS, { optional: true, description: 'for mark and correction' })
  value?: string;

  @Id({ optional: true, description: 'for correction and annulment' })
  markId?: string;

  @Id({ optional: true, description: 'kind of work; the lesson’s own if left out' })
  workTypeId?: string;

  @Text({ max: 500, nullable: true, optional: true, description: 'comment for the family' })
  comment?: string | null;

  @OneOf(ATTENDANCE_CODES, { nullable: true, optional: true })
  code?: (typeof ATTENDANCE_CODES)[number] | null;

  @MinutesLate({ optional: true, description: 'minutes late' })
  minutesLate?: number | null;

  @Text({ max: 500, nullable: true, optional: true, description: 'why it is corrected or annulled' })
  reason?: string | null;
}

export class RecordEntries {
  @Id()
  lessonId: string;

  @ListOf(() => JournalEntry, { min: 1, max: 200 })
  entries: JournalEntry[];
}

export class CellMark {
  @Id()
  markId: string;

  @Text({ max: 10, example: '5' })
  value: string;

  @Id()
  workTypeId: string;

  @Text({ max: 500, nullable: true })
  comment: string | null;

  @Flag({ description: 'put after the deadline (R112)' })
  isLate: boolean;
}

/** One pupil at one lesson. */
export class CellView extends CellRef {
  @Whole({ min: 0, max: 1_000_000 })
  version: number;

  @OneOf(ATTENDANCE_CODES, { nullable: true })
  attendance: string | null;

  @MinutesLate()
  minutesLate: number | null;

  @ListOf(() => CellMark, { max: 10 })
  marks: CellMark[];
}

export class RecordedEntries {
  @Instant()
  savedAt: string;

  @ListOf(() => CellView, { max: 200, description: 'the cells as they are now' })
  cells: CellView[];
}

export const recordEntries = defineCommand({
  service: 'journal',
  name: 'record-entries',
  http: { method: 'POST', path: '/api/v1/journal/lessons/{lessonId}/entries' },
  access: writers,
  input: RecordEntries,
  output: RecordedEntries,
  summary: 'Put, correct and annul marks and absences of one lesson, all or none (R111–R116, R127, R129)',
  description:
    'Only the lesson’s teacher or substitute. A stale cell refuses the whole command; `details.cells` holds the cells as they are.',
  errors: {
    invalid: ['journal.work-type-unknown'],
    forbidden: ['journal.not-your-lesson'],
    'not-found': ['journal.lesson-not-found', 'journal.mark-not-found'],
    conflict: [
      'journal.lesson-not-begun',
      'journal.entry-window-closed',
      'journal.student-not-in-group',
      'journal.cell-stale',
      'journal.no-marks-in-first-year',
      'journal.too-many-marks',
    ],
  },
  idempotencyKey: 'required',
  tag: TAG,
});

export class WorkType {
  @Id()
  workTypeId: string;

  @Text({ max: 100, example: 'Контрольная работа' })
  title: string;

  @Text({ max: 10, example: 'КР' })
  shortCode: string;

  @Decimal({ min: 0, max: 100, description: 'weight in the weighted average' })
  weight: number;

  @Flag({ description: 'written works have their own deadline (R116)' })
  isWritten: boolean;
}

export class WorkTypeList {
  @ListOf(() => WorkType, { max: 100 })
  workTypes: WorkType[];
}

export const listWorkTypes = defineQuery({
  service: 'journal',
  name: 'list-work-types',
  http: { method: 'GET', path: '/api/v1/journal/work-types' },
  access: markers,
  input: Nothing,
  output: WorkTypeList,
  summary: 'Kinds of work with their weights',
  tag: TAG,
});

export class EntryChange {
  @Instant()
  changedAt: string;

  @Text({ max: 300 })
  changedBy: string;

  @OneOf(['mark', 'attendance'])
  subject: string;

  @Text({ max: 50, nullable: true })
  before: string | null;

  @Text({ max: 50, nullable: true })
  after: string | null;

  @Text({ max: 500, nullable: true })
  reason: string | null;

  @Flag()
  isLate: boolean;
}

export class CellHistory {
  @Nested(() => CellView)
  cell: CellView;

  @ListOf(() => EntryChange, { max: 500, description: 'the newest first' })
  changes: EntryChange[];
}

export const getCellHistory = defineQuery({
  service: 'journal',
  name: 'get-cell-history',
  http: { method: 'GET', path: '/api/v1/journal/lessons/{lessonId}/students/{studentId}/history' },
  access: readers,
  input: CellRef,
  output: CellHistory,
  summary: 'Who put what into a cell, when, and why',
  errors: { 'not-found': ['journal.lesson-not-found'], conflict: ['journal.student-not-in-group'] },
  tag: TAG,
});
