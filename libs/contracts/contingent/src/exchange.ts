import {
  client,
  Counts,
  defineCommand,
  defineQuery,
  Flag,
  Id,
  Instant,
  ListOf,
  Nested,
  OneOf,
  PageNumber,
  PageSize,
  Text,
  Total,
  UploadedFile,
  Whole,
} from '@parta/platform-contract';

const TAG = {
  name: 'Roster exchange',
  description: 'Rosters of schools, staff and pupils that regional systems send, and what became of them.',
};

/** `refused`: nothing was applied, see errors. `parked`: waits for a person, because it would end too many enrolments. */
export const ROSTER_STATES = ['queued', 'running', 'validated', 'applied', 'parked', 'refused'] as const;
export type RosterState = (typeof ROSTER_STATES)[number];

/** A package of the roster, already stored by the gateway. */
export class SubmitRoster extends UploadedFile {
  @Flag({ optional: true, description: 'validate and count only' })
  dryRun?: boolean;
}

export class RosterJobRef {
  @Id()
  id: string;

  @OneOf(ROSTER_STATES)
  state: RosterState;
}

export const submitRoster = defineCommand({
  service: 'contingent',
  name: 'submit-roster',
  http: {
    method: 'POST',
    path: '/api/exchange/v1/rosters',
    status: 202,
    upload: { contentType: 'application/zip', maxBytes: 256 * 1024 * 1024, isReadLater: true },
  },
  access: client('roster.write', 'region', { 'regional-operator': 'region' }),
  input: SubmitRoster,
  output: RosterJobRef,
  summary: 'Push a roster package: OneRoster 1.2 CSV in a ZIP (R202)',
  description:
    'The package is checked as a whole before anything is applied; poll the job. The same Idempotency-Key answers with the same job; the same bytes again change nothing.',
  idempotencyKey: 'required',
  timeoutMs: 15_000,
  tag: TAG,
  errors: {
    'too-many': ['contingent.too-many-rosters-waiting', 'request.too-many-uploads'],
    unavailable: ['request.uploads-full'],
  },
});

export class RosterError {
  @Text({ min: 0, max: 255 })
  file: string;

  @Whole({
    min: 1,
    max: 100_000_000,
    nullable: true,
    description: 'as a spreadsheet shows it: the header is 1',
  })
  row: number | null;

  @Text({ max: 255, nullable: true })
  field: string | null;

  @Text({ max: 100, example: 'row.invalid_date' })
  code: string;

  @Text({ max: 1000 })
  message: string;
}

/** What became of the records of one kind. */
export class EntityCounts {
  @Whole({ min: 0, max: 100_000_000 })
  created: number;

  @Whole({ min: 0, max: 100_000_000 })
  updated: number;

  @Whole({ min: 0, max: 100_000_000 })
  unchanged: number;

  @Whole({ min: 0, max: 100_000_000 })
  ended: number;

  @Whole({ min: 0, max: 100_000_000 })
  rejected: number;
}

export class RosterCounts {
  @Nested(() => EntityCounts)
  academicSessions: EntityCounts;

  @Nested(() => EntityCounts)
  orgs: EntityCounts;

  @Nested(() => EntityCounts)
  courses: EntityCounts;

  @Nested(() => EntityCounts)
  classes: EntityCounts;

  @Nested(() => EntityCounts)
  users: EntityCounts;

  @Nested(() => EntityCounts)
  roles: EntityCounts;

  @Nested(() => EntityCounts)
  enrollments: EntityCounts;

  @Nested(() => EntityCounts)
  demographics: EntityCounts;
}

/** What the list and the job itself tell of a package. */
class RosterJob extends RosterJobRef {
  @Whole({ min: 0, max: 100, description: 'percent' })
  progress: number;

  @Flag()
  dryRun: boolean;

  @Text({ max: 300, nullable: true })
  sourceSystem: string | null;

  @Text({ max: 300, description: 'who pushed it' })
  submittedBy: string;

  @Instant()
  submittedAt: string;

  @Instant({ nullable: true })
  finishedAt: string | null;

  @Whole({ min: 0, max: 1_000_000_000 })
  size: number;
}

export class RosterJobView extends RosterJob {
  @Text({ max: 64 })
  sha256: string;

  @Nested(() => RosterCounts)
  counts: RosterCounts;

  @Counts({ description: 'records read by file' })
  records: Record<string, number>;

  @Text({ max: 1000, nullable: true, description: 'why the package is parked or refused, in Russian' })
  reason: string | null;

  @Whole({ min: 0, max: 100_000_000, description: 'all errors found; `errors` holds the first 1000' })
  errorCount: number;

  @ListOf(() => RosterError, { max: 1000 })
  errors: RosterError[];
}

export class RosterJobId {
  @Id()
  id: string;
}

export const getRosterJob = defineQuery({
  service: 'contingent',
  name: 'get-roster-job',
  http: { method: 'GET', path: '/api/exchange/v1/rosters/{id}' },
  access: client('roster.read', 'self', { 'regional-operator': 'region' }),
  input: RosterJobId,
  output: RosterJobView,
  summary: 'State, counts and errors of a roster package',
  errors: { 'not-found': ['contingent.roster-job-not-found'] },
  tag: TAG,
});

export class ListRosterJobs {
  @OneOf(ROSTER_STATES, { optional: true })
  state?: RosterState;

  @PageNumber()
  page?: number;

  @PageSize({ max: 100, unlessSaid: 20 })
  pageSize?: number;
}

export class RosterJobRow extends RosterJob {
  @Nested(() => EntityCounts, { description: 'all kinds together' })
  totals: EntityCounts;

  @Whole({ min: 0, max: 100_000_000 })
  errorCount: number;
}

export class RosterJobPage {
  @ListOf(() => RosterJobRow, { max: 100 })
  jobs: RosterJobRow[];

  @Total()
  total: number;
}

export const listRosterJobs = defineQuery({
  service: 'contingent',
  name: 'list-roster-jobs',
  http: { method: 'GET', path: '/api/exchange/v1/rosters' },
  access: client('roster.read', 'self', { 'regional-operator': 'region' }),
  input: ListRosterJobs,
  output: RosterJobPage,
  summary: 'Roster packages, the newest first',
  tag: TAG,
});

export class DecideParkedRoster {
  @Id()
  id: string;

  @OneOf(['apply', 'refuse'])
  decision: 'apply' | 'refuse';

  @Text({ max: 500, description: 'why, for the record' })
  reason: string;
}

export const decideParkedRoster = defineCommand({
  service: 'contingent',
  name: 'decide-parked-roster',
  http: { method: 'POST', path: '/api/exchange/v1/rosters/{id}/decision', status: 202 },
  access: client('roster.decide', 'self', { 'regional-operator': 'region' }),
  input: DecideParkedRoster,
  output: RosterJobRef,
  summary: 'Apply or refuse a parked package',
  errors: { 'not-found': ['contingent.roster-job-not-found'], conflict: ['contingent.roster-not-parked'] },
  tag: TAG,
});
