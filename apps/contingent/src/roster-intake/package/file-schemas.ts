/** The 21 data files of OneRoster 1.2, named as in the manifest (`file.<name>`), without `.csv`. */
export const DATA_FILES = [
  'academicSessions',
  'categories',
  'classes',
  'classResources',
  'courses',
  'courseResources',
  'demographics',
  'enrollments',
  'lineItemLearningObjectiveIds',
  'lineItems',
  'lineItemScoreScales',
  'orgs',
  'resources',
  'resultLearningObjectiveIds',
  'results',
  'resultScoreScales',
  'roles',
  'scoreScales',
  'userProfiles',
  'userResources',
  'users',
] as const;

export type DataFileName = (typeof DATA_FILES)[number];

export type FieldType =
  | 'guid'
  | 'guidList'
  | 'text'
  | 'list'
  | 'userIds'
  | 'date'
  | 'dateTime'
  | 'year'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'enum'
  | 'enumList';

/** One column of a data file. */
export interface FieldRule {
  name: string;
  required: boolean;
  type: FieldType;
  /** The file whose sourcedIds this column holds. */
  target?: DataFileName;
  /** The permitted words of an enum. */
  words?: readonly string[];
  /** Whether `ext:…` tokens extend the vocabulary. */
  extensible?: boolean;
}

// A star after the name marks a required value, as in the tables of the specification.
const field = (name: string, type: FieldType, more: Partial<FieldRule> = {}): FieldRule => ({
  name: name.replace('*', ''),
  required: name.endsWith('*'),
  type,
  ...more,
});
const ref = (name: string, target: DataFileName) => field(name, 'guid', { target });
const refs = (name: string, target: DataFileName) => field(name, 'guidList', { target });
const text = (name: string) => field(name, 'text');
const list = (name: string) => field(name, 'list');
const date = (name: string) => field(name, 'date');
const bool = (name: string) => field(name, 'boolean');
const float = (name: string) => field(name, 'float');
const closed = (name: string, words: string) => field(name, 'enum', { words: words.split(' ') });
const open = (name: string, words: readonly string[]) => field(name, 'enum', { words, extensible: true });

const RESOURCE_ROLES = 'administrator aide guardian parent proctor relative student teacher'.split(' ');
const USER_ROLES =
  'aide counselor districtAdministrator guardian parent principal proctor relative siteAdministrator student systemAdministrator teacher'.split(
    ' ',
  );
const SCORE_STATUSES = ['exempt', 'fully graded', 'not submitted', 'partially graded', 'submitted'];
const OBJECTIVE_SOURCES = ['case', 'unknown'];

/** Columns after the common ones, in the order of the specification. */
const OWN_FIELDS: Record<DataFileName, FieldRule[]> = {
  academicSessions: [
    text('title*'),
    open('type*', ['gradingPeriod', 'semester', 'schoolYear', 'term']),
    date('startDate*'),
    date('endDate*'),
    ref('parentSourcedId', 'academicSessions'),
    field('schoolYear*', 'year'),
  ],
  orgs: [
    text('name*'),
    open('type*', ['department', 'school', 'district', 'local', 'state', 'national']),
    text('identifier'),
    ref('parentSourcedId', 'orgs'),
  ],
  courses: [
    ref('schoolYearSourcedId', 'academicSessions'),
    text('title*'),
    text('courseCode'),
    list('grades'),
    ref('orgSourcedId*', 'orgs'),
    list('subjects'),
    list('subjectCodes'),
  ],
  classes: [
    text('title*'),
    list('grades'),
    ref('courseSourcedId*', 'courses'),
    text('classCode'),
    open('classType*', ['homeroom', 'scheduled']),
    text('location'),
    ref('schoolSourcedId*', 'orgs'),
    refs('termSourcedIds*', 'academicSessions'),
    list('subjects'),
    list('subjectCodes'),
    list('periods'),
  ],
  users: [
    bool('enabledUser*'),
    text('username*'),
    field('userIds', 'userIds'),
    text('givenName*'),
    text('familyName*'),
    text('middleName'),
    text('identifier'),
    text('email'),
    text('sms'),
    text('phone'),
    refs('agentSourcedIds', 'users'),
    list('grades'),
    text('password'),
    text('userMasterIdentifier'),
    text('preferredGivenName'),
    text('preferredMiddleName'),
    text('preferredFamilyName'),
    ref('primaryOrgSourcedId', 'orgs'),
    text('pronouns'),
  ],
  roles: [
    ref('userSourcedId*', 'users'),
    closed('roleType*', 'primary secondary'),
    open('role*', USER_ROLES),
    date('beginDate'),
    date('endDate'),
    ref('orgSourcedId*', 'orgs'),
    ref('userProfileSourcedId', 'userProfiles'),
  ],
  enrollments: [
    ref('classSourcedId*', 'classes'),
    ref('schoolSourcedId*', 'orgs'),
    ref('userSourcedId*', 'users'),
    open('role*', ['administrator', 'proctor', 'student', 'teacher']),
    bool('primary'),
    date('beginDate'),
    date('endDate'),
  ],
  demographics: [
    date('birthDate'),
    open('sex', ['male', 'female', 'unspecified', 'other']),
    bool('americanIndianOrAlaskaNative'),
    bool('asian'),
    bool('blackOrAfricanAmerican'),
    bool('nativeHawaiianOrOtherPacificIslander'),
    bool('white'),
    bool('demographicRaceTwoOrMoreRaces'),
    bool('hispanicOrLatinoEthnicity'),
    text('countryOfBirthCode'),
    text('stateOfBirthAbbreviation'),
    text('cityOfBirth'),
    text('publicSchoolResidenceStatus'),
  ],
  userProfiles: [
    ref('userSourcedId*', 'users'),
    text('profileType*'),
    text('vendorId*'),
    text('applicationId'),
    text('description'),
    text('credentialType*'),
    text('username*'),
    text('password'),
  ],
  categories: [text('title*'), field('weight', 'integer')],
  lineItems: [
    text('title*'),
    text('description'),
    date('assignDate*'),
    date('dueDate*'),
    ref('classSourcedId*', 'classes'),
    ref('categorySourcedId*', 'categories'),
    ref('academicSessionSourcedId*', 'academicSessions'),
    float('resultValueMin'),
    float('resultValueMax'),
    ref('schoolSourcedId*', 'orgs'),
  ],
  results: [
    ref('lineItemSourcedId*', 'lineItems'),
    ref('studentSourcedId*', 'users'),
    open('scoreStatus*', SCORE_STATUSES),
    float('score'),
    date('scoreDate*'),
    text('comment'),
    text('textScore'),
    ref('classSourcedId', 'classes'),
    bool('inProgress'),
    bool('incomplete'),
    bool('late'),
    bool('missing'),
  ],
  scoreScales: [
    text('title*'),
    text('type*'),
    ref('orgSourcedId*', 'orgs'),
    ref('courseSourcedId*', 'courses'),
    ref('classSourcedId*', 'classes'),
    list('scoreScaleValue*'),
  ],
  lineItemLearningObjectiveIds: [
    ref('lineItemSourcedId*', 'lineItems'),
    open('source*', OBJECTIVE_SOURCES),
    text('learningObjectiveId*'),
  ],
  lineItemScoreScales: [
    text('title'),
    ref('lineItemSourcedId*', 'lineItems'),
    ref('scoreScaleSourcedId*', 'scoreScales'),
  ],
  resultLearningObjectiveIds: [
    ref('resultSourcedId*', 'results'),
    open('source*', OBJECTIVE_SOURCES),
    text('learningObjectiveId*'),
    float('score'),
    text('textScore'),
  ],
  resultScoreScales: [
    text('title'),
    ref('resultSourcedId*', 'results'),
    ref('scoreScaleSourcedId*', 'scoreScales'),
  ],
  resources: [
    text('vendorResourceId*'),
    text('title'),
    field('roles', 'enumList', { words: RESOURCE_ROLES, extensible: true }),
    open('importance', ['primary', 'secondary']),
    text('vendorId'),
    text('applicationId'),
  ],
  classResources: [text('title'), ref('classSourcedId*', 'classes'), ref('resourceSourcedId*', 'resources')],
  courseResources: [
    text('title'),
    ref('courseSourcedId*', 'courses'),
    ref('resourceSourcedId*', 'resources'),
  ],
  userResources: [
    ref('userSourcedId*', 'users'),
    ref('orgSourcedId', 'orgs'),
    ref('classSourcedId', 'classes'),
    ref('resourceSourcedId*', 'resources'),
  ],
};

const commonFields = (file: DataFileName): FieldRule[] => [
  // A demographics record has no identity of its own: its sourcedId is the user's.
  file === 'demographics' ? ref('sourcedId*', 'users') : field('sourcedId*', 'guid'),
  closed('status', 'active tobedeleted'),
  field('dateLastModified', 'dateTime'),
];

/** All columns of each data file, in the order of the specification. */
export const FILE_FIELDS: Record<DataFileName, readonly FieldRule[]> = Object.fromEntries(
  DATA_FILES.map((file) => [file, [...commonFields(file), ...OWN_FIELDS[file]]]),
) as unknown as Record<DataFileName, readonly FieldRule[]>;

/** A file stands after every file it refers to, so that a reference can be resolved as soon as it is read. */
export const READING_ORDER: readonly DataFileName[] = [
  'orgs',
  'academicSessions',
  'users',
  'userProfiles',
  'roles',
  'demographics',
  'courses',
  'classes',
  'enrollments',
  'categories',
  'lineItems',
  'results',
  'scoreScales',
  'lineItemLearningObjectiveIds',
  'lineItemScoreScales',
  'resultLearningObjectiveIds',
  'resultScoreScales',
  'resources',
  'classResources',
  'courseResources',
  'userResources',
];

/** File names are case-sensitive: `users.csv`, never `Users.csv`. */
export const fileNameOf = (file: DataFileName): string => `${file}.csv`;
