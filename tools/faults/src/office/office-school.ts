import { packRoster, type CsvRow, type RosterTables } from '@parta/standalone/demo';

export const PUPILS = 8;
/** The one whose roles are given and taken back. */
export const DEPUTY = { familyName: 'Завучева', givenName: 'Ольга' };

const GIVEN_NAMES = ['Анна', 'Борис', 'Вера', 'Глеб', 'Дарья', 'Егор', 'Жанна', 'Захар', 'Инна', 'Кирилл'];
const FILES = ['academicSessions', 'classes', 'courses', 'enrollments', 'orgs', 'roles', 'users'];
const SCHOOL = 'off-school';
const YEAR = 'off-year';
const QUARTER = 'off-quarter';
const CLASS = 'off-class';
const SUBJECT = 'off-subject';

export const familyNameOf = (pupil: number): string => `Канцелярский-${String.fromCharCode(1040 + pupil)}`;

/** Another one for each pupil at each turn. */
export const givenNameOf = (pupil: number, turn: number): string =>
  GIVEN_NAMES[(pupil + turn) % GIVEN_NAMES.length]!;

/** The deputy's, by turn: who hears of staff and not of pupils has something to hear. */
export const middleNameOf = (turn: number): string => `${GIVEN_NAMES[turn % GIVEN_NAMES.length]}-${turn}`;

/** The package of a small school as the region sends it whole, again and again, with the names of this turn. */
export function packageOf(turn: number): Promise<Buffer> {
  const year = new Date();
  const [from, to] = [day(year, -100), day(year, 151)];
  const base = { status: '', dateLastModified: '' };
  const user = (sourcedId: string, familyName: string, givenName: string): CsvRow => ({
    sourcedId,
    ...base,
    enabledUser: 'true',
    username: sourcedId,
    userIds: '',
    givenName,
    familyName,
    middleName: '',
    identifier: '',
    email: '',
    sms: '',
    phone: '',
    agentSourcedIds: '',
    grades: '',
    password: '',
    userMasterIdentifier: '',
    preferredGivenName: '',
    preferredMiddleName: '',
    preferredFamilyName: '',
    primaryOrgSourcedId: SCHOOL,
    pronouns: '',
  });
  const pupils = Array.from({ length: PUPILS }, (_, pupil) =>
    user(`off-pupil-${pupil}`, familyNameOf(pupil), givenNameOf(pupil, turn)),
  );
  const deputy: CsvRow = {
    ...user('off-deputy', DEPUTY.familyName, DEPUTY.givenName),
    middleName: middleNameOf(turn),
  };
  const session = (sourcedId: string, title: string, type: string, parentSourcedId: string): CsvRow => ({
    sourcedId,
    ...base,
    title,
    type,
    startDate: from,
    endDate: to,
    parentSourcedId,
    schoolYear: to.slice(0, 4),
  });
  const classes = [
    { sourcedId: CLASS, title: '3К', classType: 'homeroom', subjects: '', subjectCodes: '' },
    {
      sourcedId: SUBJECT,
      title: '3К Чтение',
      classType: 'scheduled',
      subjects: 'Чтение',
      subjectCodes: 'S1',
    },
  ];
  const tables: RosterTables = new Map<string, CsvRow[]>([
    ['manifest.csv', manifest()],
    [
      'academicSessions.csv',
      [session(YEAR, 'Учебный год', 'schoolYear', ''), session(QUARTER, 'Четверть', 'gradingPeriod', YEAR)],
    ],
    [
      'orgs.csv',
      [
        {
          sourcedId: SCHOOL,
          ...base,
          name: 'Школа, чья канцелярия не знает покоя',
          type: 'school',
          identifier: '1800009999',
          parentSourcedId: '',
        },
      ],
    ],
    [
      'courses.csv',
      classes.map(({ sourcedId, title, subjects, subjectCodes }) => ({
        sourcedId: `${sourcedId}-course`,
        ...base,
        schoolYearSourcedId: YEAR,
        title,
        courseCode: '',
        grades: '03',
        orgSourcedId: SCHOOL,
        subjects,
        subjectCodes,
      })),
    ],
    [
      'classes.csv',
      classes.map(({ sourcedId, title, classType, subjects, subjectCodes }) => ({
        sourcedId,
        ...base,
        title,
        grades: '03',
        courseSourcedId: `${sourcedId}-course`,
        classCode: '3К',
        classType,
        location: '',
        schoolSourcedId: SCHOOL,
        termSourcedIds: QUARTER,
        subjects,
        subjectCodes,
        periods: '',
      })),
    ],
    ['users.csv', [deputy, ...pupils]],
    [
      'roles.csv',
      [deputy, ...pupils].map(({ sourcedId }, at) => ({
        sourcedId: `off-role-${at}`,
        ...base,
        userSourcedId: sourcedId!,
        roleType: 'primary',
        role: at === 0 ? 'teacher' : 'student',
        beginDate: from,
        endDate: '',
        orgSourcedId: SCHOOL,
        userProfileSourcedId: '',
      })),
    ],
    [
      'enrollments.csv',
      classes.flatMap(({ sourcedId: group }) =>
        [deputy, ...pupils].map(({ sourcedId }, at) => ({
          sourcedId: `off-${group}-${at}`,
          ...base,
          classSourcedId: group,
          schoolSourcedId: SCHOOL,
          userSourcedId: sourcedId!,
          role: at === 0 ? 'teacher' : 'student',
          primary: at === 0 ? 'true' : '',
          beginDate: from,
          endDate: '',
        })),
      ),
    ],
  ]);
  return packRoster(tables);
}

function manifest(): CsvRow[] {
  const absent = [
    'categories',
    'classResources',
    'courseResources',
    'demographics',
    'lineItemLearningObjectiveIds',
    'lineItems',
    'lineItemScoreScales',
    'resources',
    'resultLearningObjectiveIds',
    'results',
    'resultScoreScales',
    'scoreScales',
    'userProfiles',
    'userResources',
  ];
  const present = FILES;
  return [
    ['manifest.version', '1.0'],
    ['oneroster.version', '1.2'],
    ...present.map((name) => [`file.${name}`, 'bulk']),
    ...absent.map((name) => [`file.${name}`, 'absent']),
    ['source.systemName', 'Faults'],
    ['source.systemCode', 'faults-office'],
  ].map(([propertyName, value]) => ({ propertyName: propertyName!, value: value! }));
}

/** The date so many days from another. */
export const day = (from: Date, days: number): string =>
  new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10);
