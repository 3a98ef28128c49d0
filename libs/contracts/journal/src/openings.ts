import {
  CalendarDate,
  defineCommand,
  defineQuery,
  Flag,
  Id,
  Instant,
  ListOf,
  OneOf,
  Text,
  Whole,
} from '@parta/platform-contract';
import { leaders, writers } from './audience.js';
import { TitledLesson } from './shapes.js';
import { TAG } from './tag.js';

/** asked: waits for an answer; granted: open until a date; refused: with a reason. */
export const OPENING_STATES = ['asked', 'granted', 'refused'] as const;
export type OpeningState = (typeof OPENING_STATES)[number];

/** Days ahead a closed lesson may be opened for. */
export const OPENING_DAYS = 30;

export class RequestOpening {
  @Id()
  lessonId: string;

  @Text({ min: 1, max: 500, description: 'why something has to be written after the window' })
  reason: string;
}

export class OpeningRequest extends TitledLesson {
  @Id()
  requestId: string;

  @Text({ max: 300, description: 'who asks' })
  teacher: string;

  @Text({ max: 500 })
  reason: string;

  @Instant()
  askedAt: string;

  @OneOf(OPENING_STATES)
  state: OpeningState;

  @CalendarDate({ nullable: true, description: 'the last day on which entries are accepted' })
  openUntil: string | null;

  @Text({ max: 500, nullable: true, description: 'what the deputy head answered' })
  answer: string | null;

  @Text({ max: 300, nullable: true })
  decidedBy: string | null;

  @Instant({ nullable: true })
  decidedAt: string | null;
}

export const requestOpening = defineCommand({
  service: 'journal',
  name: 'request-opening',
  http: { method: 'POST', path: '/api/v1/journal/lessons/{lessonId}/opening-requests', status: 201 },
  access: writers,
  input: RequestOpening,
  output: OpeningRequest,
  summary: 'Ask the deputy head to open a lesson whose entry window is over (R116)',
  description: 'Only the lesson’s teacher or substitute, one request at a time.',
  errors: {
    forbidden: ['journal.not-your-lesson'],
    'not-found': ['journal.lesson-not-found'],
    conflict: ['journal.lesson-is-open', 'journal.lesson-not-begun', 'journal.opening-already-requested'],
  },
  tag: TAG,
});

export class OpeningsOf {
  @Flag({ optional: true, description: 'only those that wait for an answer' })
  isWaiting?: boolean;
}

export class OpeningRequests {
  @Whole({ min: 0, max: 100_000, description: 'that wait for an answer' })
  waiting: number;

  @ListOf(() => OpeningRequest, {
    max: 500,
    description: 'waiting ones first, oldest first; then the answered',
  })
  requests: OpeningRequest[];
}

export const listOpeningRequests = defineQuery({
  service: 'journal',
  name: 'list-opening-requests',
  http: { method: 'GET', path: '/api/v1/journal/opening-requests' },
  access: leaders,
  input: OpeningsOf,
  output: OpeningRequests,
  summary: 'Requests to open lessons, with their answers: the last half year (R116)',
  tag: TAG,
});

export class DecideOpening {
  @Id()
  requestId: string;

  @Flag()
  isGranted: boolean;

  @CalendarDate({ optional: true, description: 'for a granted one: today or one of the next 30 days' })
  openUntil?: string;

  @Text({ max: 500, nullable: true, optional: true, description: 'for a refused one: why' })
  answer?: string | null;
}

export const decideOpening = defineCommand({
  service: 'journal',
  name: 'decide-opening',
  http: { method: 'POST', path: '/api/v1/journal/opening-requests/{requestId}/decision' },
  access: leaders,
  input: DecideOpening,
  output: OpeningRequest,
  summary: 'Open the lesson until a date, or refuse with a reason (R116)',
  errors: {
    invalid: ['journal.opening-date-out-of-range', 'journal.refusal-without-reason'],
    'not-found': ['journal.opening-not-found'],
    conflict: ['journal.opening-already-decided'],
  },
  tag: TAG,
});
