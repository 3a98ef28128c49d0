import {
  CalendarDate,
  Decimal,
  defineQuery,
  Flag,
  Id,
  ListOf,
  Nothing,
  OneOf,
  Text,
  Whole,
} from '@parta/platform-contract';
import { readers } from './audience.js';
import { CellView } from './marks.js';
import { OPENING_STATES } from './openings.js';
import { JournalTitle, LessonOfDay, ListedStudent } from './shapes.js';
import { TAG } from './tag.js';

export class JournalRow extends JournalTitle {
  @Id()
  schoolId: string;

  @Text({ max: 100, nullable: true })
  classTitle: string | null;

  @Flag({ description: 'this actor teaches it' })
  isMine: boolean;

  @Whole({ min: 0, max: 1000 })
  students: number;

  @Flag({ description: 'of an academic year that is over; its entries can be read' })
  isPast: boolean;
}

export class JournalList {
  @ListOf(() => JournalRow, { max: 5000 })
  journals: JournalRow[];
}

export const listJournals = defineQuery({
  service: 'journal',
  name: 'list-journals',
  http: { method: 'GET', path: '/api/v1/journal/journals' },
  access: readers,
  input: Nothing,
  output: JournalList,
  summary:
    'Journals the actor may open: own groups, the own class in all subjects (R26), or the whole school',
  tag: TAG,
});

export class JournalPageOf {
  @Id()
  groupId: string;

  @CalendarDate()
  from: string;

  @CalendarDate({ description: 'at most 200 days after from' })
  to: string;
}

export class PageLesson extends LessonOfDay {
  @Text({ max: 10, nullable: true, description: 'short code of the kind of work' })
  workCode: string | null;

  @Text({ max: 500, nullable: true })
  topic: string | null;

  @Text({ max: 2000, nullable: true })
  homework: string | null;

  @Flag()
  hasHomework: boolean;

  @Flag({ description: 'the teacher has said that whoever is not entered as absent is present' })
  attendanceTaken: boolean;

  @Flag({ description: 'entries by this actor are accepted now' })
  isOpen: boolean;

  @Text({ max: 50, nullable: true, description: 'why not: an error code' })
  closedBecause: string | null;

  @OneOf(OPENING_STATES, { nullable: true, description: 'last request to open the lesson' })
  opening: string | null;

  @Flag({
    description: 'the timetable has it no more; it stays because it has begun or something is written in it',
  })
  isOutsideTimetable: boolean;
}

export class PageStudent extends ListedStudent {
  @Decimal({ min: 0, max: 5, nullable: true, description: 'average of the marks shown' })
  average: number | null;

  @Decimal({ min: 0, max: 5, nullable: true })
  weightedAverage: number | null;

  @Flag({ description: 'still in the group' })
  isActive: boolean;
}

export class JournalPageView extends JournalTitle {
  @Flag()
  isMine: boolean;

  @ListOf(() => PageLesson, { max: 500 })
  lessons: PageLesson[];

  @ListOf(() => PageStudent, { max: 500 })
  students: PageStudent[];

  @ListOf(() => CellView, { max: 100_000, description: 'only cells that hold something' })
  cells: CellView[];
}

export const getJournalPage = defineQuery({
  service: 'journal',
  name: 'get-journal-page',
  http: { method: 'GET', path: '/api/v1/journal/journals/{groupId}/page' },
  access: readers,
  input: JournalPageOf,
  output: JournalPageView,
  summary: 'The journal of a study group between two dates',
  errors: { invalid: ['journal.range-too-long'], 'not-found': ['journal.journal-not-found'] },
  tag: TAG,
});
