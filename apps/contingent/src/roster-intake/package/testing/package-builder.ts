import { DATA_FILES, FILE_FIELDS, fileNameOf, type DataFileName } from '../file-schemas.js';
import { MANIFEST_FILE, type FileMode } from '../manifest.js';
import { temporaryZipPath } from './temporary-files.js';
import { writeZip, type ZipEntry } from './zip-writer.js';

type Values = Record<string, string>;

/** One valid record of each of the 21 files (a few more where one is not enough to be valid). */
const SAMPLE: Record<DataFileName, Values[]> = {
  orgs: [
    { sourcedId: 'district', name: 'Управление образования', type: 'district' },
    { sourcedId: 'school', name: 'МБОУ «Школа № 1»', type: 'school', parentSourcedId: 'district' },
  ],
  academicSessions: [
    session('year', 'schoolYear', ''),
    session('quarter-1', 'gradingPeriod', 'year'),
    session('quarter-2', 'ext:quarter', 'year'),
  ],
  users: [
    user('student', {
      agentSourcedIds: 'mother',
      userIds: '{SNILS:12345678901},{ESIA:1000404446}',
      grades: '05',
    }),
    user('mother', { sms: '+70000000001' }),
    user('teacher', { primaryOrgSourcedId: 'school' }),
  ],
  userProfiles: [
    {
      sourcedId: 'profile',
      userSourcedId: 'teacher',
      profileType: 'journal',
      vendorId: 'parta',
      credentialType: 'esia',
      username: 'teacher',
    },
  ],
  roles: [
    role('role-1', 'student', 'student'),
    role('role-2', 'mother', 'parent'),
    { ...role('role-3', 'teacher', 'teacher'), userProfileSourcedId: 'profile' },
  ],
  demographics: [{ sourcedId: 'student', birthDate: '2015-02-28', sex: 'female' }],
  courses: [
    {
      sourcedId: 'course',
      schoolYearSourcedId: 'year',
      title: 'Русский язык, 5',
      grades: '05',
      orgSourcedId: 'school',
      subjects: 'Русский язык,Литература',
      subjectCodes: '01,02',
    },
  ],
  classes: [
    {
      sourcedId: 'class',
      title: '5А',
      courseSourcedId: 'course',
      classType: 'homeroom',
      schoolSourcedId: 'school',
      termSourcedIds: 'quarter-1,quarter-2',
    },
  ],
  enrollments: [
    enrollment('enrollment-1', 'student', 'student'),
    { ...enrollment('enrollment-2', 'teacher', 'teacher'), primary: 'true' },
  ],
  categories: [{ sourcedId: 'category', title: 'Контрольная работа', weight: '2' }],
  lineItems: [
    {
      sourcedId: 'work',
      title: 'Диктант',
      assignDate: '2026-09-10',
      dueDate: '2026-09-11',
      classSourcedId: 'class',
      categorySourcedId: 'category',
      academicSessionSourcedId: 'quarter-1',
      resultValueMin: '2',
      resultValueMax: '5.0',
      schoolSourcedId: 'school',
    },
  ],
  results: [
    {
      sourcedId: 'result',
      lineItemSourcedId: 'work',
      studentSourcedId: 'student',
      scoreStatus: 'fully graded',
      score: '4',
      scoreDate: '2026-09-12',
      late: 'false',
    },
  ],
  scoreScales: [
    {
      sourcedId: 'scale',
      title: 'Пятибалльная',
      type: 'marks',
      orgSourcedId: 'school',
      courseSourcedId: 'course',
      classSourcedId: 'class',
      scoreScaleValue: '{отлично:5},{хорошо:4}',
    },
  ],
  lineItemLearningObjectiveIds: [
    { sourcedId: 'objective-1', lineItemSourcedId: 'work', source: 'unknown', learningObjectiveId: 'fgos-1' },
  ],
  lineItemScoreScales: [{ sourcedId: 'work-scale', lineItemSourcedId: 'work', scoreScaleSourcedId: 'scale' }],
  resultLearningObjectiveIds: [
    { sourcedId: 'objective-2', resultSourcedId: 'result', source: 'unknown', learningObjectiveId: 'fgos-1' },
  ],
  resultScoreScales: [{ sourcedId: 'result-scale', resultSourcedId: 'result', scoreScaleSourcedId: 'scale' }],
  resources: [
    { sourcedId: 'book', vendorResourceId: 'isbn', roles: 'student,ext:tutor', importance: 'primary' },
  ],
  classResources: [{ sourcedId: 'class-book', classSourcedId: 'class', resourceSourcedId: 'book' }],
  courseResources: [{ sourcedId: 'course-book', courseSourcedId: 'course', resourceSourcedId: 'book' }],
  userResources: [{ sourcedId: 'user-book', userSourcedId: 'student', resourceSourcedId: 'book' }],
};

function session(sourcedId: string, type: string, parentSourcedId: string): Values {
  return {
    sourcedId,
    title: sourcedId,
    type,
    startDate: '2026-09-01',
    endDate: '2027-05-31',
    parentSourcedId,
    schoolYear: '2027',
  };
}

function user(sourcedId: string, more: Values): Values {
  return {
    sourcedId,
    enabledUser: 'true',
    username: sourcedId,
    givenName: 'Анна',
    familyName: 'Котова',
    ...more,
  };
}

function role(sourcedId: string, userSourcedId: string, word: string): Values {
  return {
    sourcedId,
    userSourcedId,
    roleType: 'primary',
    role: word,
    beginDate: '2026-09-01',
    orgSourcedId: 'school',
  };
}

function enrollment(sourcedId: string, userSourcedId: string, word: string): Values {
  return { sourcedId, classSourcedId: 'class', schoolSourcedId: 'school', userSourcedId, role: word };
}

/** Builds package zips for tests: valid with all 21 files until told otherwise. */
export class PackageBuilder {
  private readonly modes = new Map<DataFileName, FileMode>(DATA_FILES.map((file) => [file, 'bulk']));
  private readonly rows = structuredClone(SAMPLE);
  private readonly contents = new Map<string, string | Buffer | null>();
  private readonly extraEntries: ZipEntry[] = [];
  private manifestEdit = (lines: string[]): string[] => lines;

  /** Leaves only these files; the others become absent. */
  only(...files: DataFileName[]): this {
    for (const file of DATA_FILES) if (!files.includes(file)) this.mode(file, 'absent');
    return this;
  }

  mode(file: DataFileName, mode: FileMode): this {
    this.modes.set(file, mode);
    return this;
  }

  /** A delta file whose rows are changes made now. */
  delta(file: DataFileName, status = 'active'): this {
    this.mode(file, 'delta');
    for (const row of this.rows[file])
      Object.assign(row, { status, dateLastModified: '2026-09-01T08:30:00.000Z' });
    return this;
  }

  /** Changes cells of the first row of a file. */
  edit(file: DataFileName, values: Values): this {
    Object.assign(this.rows[file][0]!, values);
    return this;
  }

  add(file: DataFileName, ...rows: Values[]): this {
    this.rows[file].push(...rows);
    return this;
  }

  clear(file: DataFileName): this {
    this.rows[file].length = 0;
    return this;
  }

  /** Rewrites the finished text of a data file. */
  rewrite(file: DataFileName, change: (text: string) => string | Buffer): this {
    this.contents.set(fileNameOf(file), change(this.textOf(file)));
    return this;
  }

  /** Leaves an entry out of the zip though the manifest may name it. */
  without(name: string): this {
    this.contents.set(name, null);
    return this;
  }

  manifest(change: (lines: string[]) => string[]): this {
    this.manifestEdit = change;
    return this;
  }

  manifestText(content: string | Buffer): this {
    this.contents.set(MANIFEST_FILE, content);
    return this;
  }

  entry(entry: ZipEntry): this {
    this.extraEntries.push(entry);
    return this;
  }

  entries(): ZipEntry[] {
    const present = DATA_FILES.filter((file) => this.modes.get(file) !== 'absent');
    const texts: [string, string][] = [
      [MANIFEST_FILE, this.textOfManifest()],
      ...present.map((file): [string, string] => [fileNameOf(file), this.textOf(file)]),
    ];
    const entries = texts.map(([name, text]) => ({ name, content: this.contents.get(name) ?? text }));
    return [...entries.filter(({ name }) => this.contents.get(name) !== null), ...this.extraEntries];
  }

  /** Writes the zip to a temporary file and answers its path. */
  async write(): Promise<string> {
    const path = temporaryZipPath();
    await writeZip(path, this.entries());
    return path;
  }

  private textOfManifest(): string {
    const files = DATA_FILES.map((file) => `file.${file},${this.modes.get(file)}`);
    const lines = ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2', ...files];
    return toText(
      this.manifestEdit([...lines, 'source.systemName,ИС «Контингент»', 'source.systemCode,kont']),
    );
  }

  private textOf(file: DataFileName): string {
    const header = FILE_FIELDS[file].map(({ name }) => name);
    const lines = this.rows[file].map((row) => header.map((name) => toCell(row[name] ?? '')).join(','));
    return toText([header.join(','), ...lines]);
  }
}

const toText = (lines: string[]) => lines.map((line) => `${line}\r\n`).join('');
const toCell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
