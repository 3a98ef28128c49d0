import {
  defineQuery,
  each,
  Flag,
  Id,
  ListOf,
  ListOfText,
  Nothing,
  OneOf,
  roles,
  signedIn,
  STAFF_ROLES,
  Text,
  Whole,
  CalendarDate,
} from '@parta/platform-contract';

const TAG = { name: 'Schools', description: 'Schools and their classes.' };

/** Whoever only teaches sees the classes taught (R27); others of the staff all of their school. */
const STAFF = roles({ ...each(STAFF_ROLES, 'own schools'), teacher: 'classes taught' });

export class SchoolRow {
  @Id()
  schoolId: string;

  @Text({ max: 300 })
  name: string;

  @OneOf(['school', 'college'])
  kind: string;

  @Text({ max: 100, nullable: true, description: 'registry number' })
  identifier: string | null;

  @Text({ max: 60, description: 'IANA time zone' })
  timeZone: string;

  @Flag()
  isActive: boolean;

  @Whole({ min: 0, max: 1_000_000 })
  classes: number;

  @Whole({ min: 0, max: 1_000_000 })
  students: number;

  @Whole({ min: 0, max: 1_000_000 })
  staff: number;
}

export class SchoolList {
  @ListOf(() => SchoolRow, { max: 5000 })
  schools: SchoolRow[];
}

export const listSchools = defineQuery({
  service: 'contingent',
  name: 'list-schools',
  http: { method: 'GET', path: '/api/v1/schools' },
  access: signedIn('own schools', { 'regional-operator': 'region' }),
  input: Nothing,
  output: SchoolList,
  summary: 'Schools: all for the regional operator, one’s own for others',
  tag: TAG,
});

export class ClassRow {
  @Id()
  classId: string;

  @Id()
  schoolId: string;

  @Text({ max: 100, example: '5А' })
  title: string;

  @Whole({ min: 0, max: 12, nullable: true, description: 'year of study; null for a college group' })
  gradeLevel: number | null;

  @ListOfText({ max: 10, maxLength: 300, description: 'class teachers or curators' })
  homeroomTeachers: string[];

  @Whole({ min: 0, max: 1000 })
  students: number;
}

export class ClassList {
  @ListOf(() => ClassRow, { max: 2000 })
  classes: ClassRow[];
}

export const listClasses = defineQuery({
  service: 'contingent',
  name: 'list-classes',
  http: { method: 'GET', path: '/api/v1/classes' },
  access: STAFF,
  input: Nothing,
  output: ClassList,
  summary: 'Classes of the school with their class teachers',
  tag: TAG,
});

export class ClassId {
  @Id()
  classId: string;
}

export class ClassStudent {
  @Id()
  studentId: string;

  @Text({ max: 300, description: '«Иванов Пётр Сергеевич»' })
  name: string;

  @CalendarDate({ nullable: true })
  birthDate: string | null;

  @ListOfText({ max: 20, maxLength: 300 })
  guardians: string[];

  @CalendarDate({ nullable: true, description: 'first day in the class' })
  enrolledFrom: string | null;
}

export class ClassView extends ClassRow {
  @ListOf(() => ClassStudent, { max: 1000 })
  list: ClassStudent[];
}

export const getClass = defineQuery({
  service: 'contingent',
  name: 'get-class',
  http: { method: 'GET', path: '/api/v1/classes/{classId}' },
  access: STAFF,
  input: ClassId,
  output: ClassView,
  summary: 'A class and its students',
  errors: { 'not-found': ['contingent.class-not-found'] },
  tag: TAG,
});
