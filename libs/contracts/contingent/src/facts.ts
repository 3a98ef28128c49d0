import {
  CalendarDate,
  defineFact,
  Flag,
  Id,
  ListOf,
  ListOfText,
  OneOf,
  Text,
  Whole,
  type Fact,
} from '@parta/platform-contract';

/*
 * Contingent's facts carry the record as it is after the change, so that each consumer keeps its own copy without asking
 * back: the newest version wins, whatever arrived in between. Nothing is ever deleted; what has ended says so.
 */

export class SchoolRecordedV1 {
  @Id()
  schoolId: string;

  @Text({ max: 300 })
  name: string;

  @OneOf(['school', 'college'])
  kind: string;

  @Text({ max: 60, description: 'IANA time zone' })
  timeZone: string;

  @Flag()
  isActive: boolean;

  @Text({
    max: 255,
    optional: true,
    description:
      'the sending system’s id, by which its timetable names the school; facts of older versions lack it',
  })
  sourcedId?: string;
}

export const schoolRecorded = defineFact({
  service: 'contingent',
  aggregate: 'school',
  fact: 'recorded',
  data: SchoolRecordedV1,
  summary: 'A school as it is now',
});

export class RecordedPeriodV1 {
  @Id()
  periodId: string;

  @Text({ max: 200 })
  title: string;

  @OneOf(['quarter', 'trimester', 'half-year', 'semester'])
  kind: string;

  @CalendarDate()
  startDate: string;

  @CalendarDate()
  endDate: string;

  @Id({ nullable: true, description: 'the half-year a quarter lies in' })
  parentId: string | null;
}

export class AcademicYearRecordedV1 {
  @Id()
  academicYearId: string;

  @Text({ max: 200 })
  title: string;

  @CalendarDate()
  startDate: string;

  @CalendarDate()
  endDate: string;

  @ListOf(() => RecordedPeriodV1, { max: 50 })
  periods: RecordedPeriodV1[];
}

export const academicYearRecorded = defineFact({
  service: 'contingent',
  aggregate: 'academic-year',
  fact: 'recorded',
  data: AcademicYearRecordedV1,
  summary: 'An academic year of a school with its periods, as the region gives it',
});

export class ClassRecordedV1 {
  @Id()
  classId: string;

  @Text({ max: 100, description: '«5А», «СВ-26»' })
  title: string;

  @Whole({ min: 0, max: 12, nullable: true })
  gradeLevel: number | null;

  @OneOf(['class', 'college-group'])
  kind: string;

  @ListOfText({ max: 10, format: 'uuid', description: 'class teachers or curators' })
  homeroomTeacherIds: string[];

  @Flag()
  isActive: boolean;
}

export const classRecorded = defineFact({
  service: 'contingent',
  aggregate: 'class',
  fact: 'recorded',
  data: ClassRecordedV1,
  summary: 'A class (or college group) with its class teachers',
});

export class StudyGroupRecordedV1 {
  @Id()
  groupId: string;

  @Id({ nullable: true, description: 'the class it belongs to; null for a group across classes' })
  classId: string | null;

  @Text({ max: 300, description: '«5А/1 Английский язык»' })
  title: string;

  @Text({ max: 200 })
  subjectTitle: string;

  @Text({ max: 50, nullable: true })
  subjectCode: string | null;

  @Flag({ description: 'a part of the class only' })
  isSubgroup: boolean;

  @ListOfText({ max: 20, format: 'uuid', description: 'teaching load: the first is the main teacher' })
  teacherIds: string[];

  @Text({ max: 255, description: 'the sending system’s id, by which its timetable names the group' })
  sourcedId: string;

  @Flag()
  isActive: boolean;
}

export const studyGroupRecorded = defineFact({
  service: 'contingent',
  aggregate: 'study-group',
  fact: 'recorded',
  data: StudyGroupRecordedV1,
  summary: 'A class or subgroup learning one subject, with its teachers (teaching load)',
});

class RecordedPerson {
  @Id()
  personId: string;

  @Text({ max: 100 })
  familyName: string;

  @Text({ max: 100 })
  givenName: string;

  @Text({ max: 100, nullable: true })
  middleName: string | null;

  @Text({ max: 100, nullable: true, description: 'the login the sending system proposes' })
  username: string | null;

  @Text({ max: 254, nullable: true })
  email: string | null;

  @Text({ max: 30, nullable: true, description: 'E.164' })
  phone: string | null;

  @Flag()
  isActive: boolean;

  @Flag({
    optional: true,
    description:
      'false: the sending system curtails this person’s access, though the person stays; true unless said',
  })
  accessIsEnabled?: boolean;
}

export class StaffMemberRecordedV1 extends RecordedPerson {
  @ListOfText({
    max: 20,
    description: 'roles of the roster: director, deputy-head, administrator, teacher …',
  })
  roles: string[];
}

export const staffMemberRecorded = defineFact({
  service: 'contingent',
  aggregate: 'staff-member',
  fact: 'recorded',
  data: StaffMemberRecordedV1,
  summary: 'A member of staff with the roles the roster gives',
});

export class RecordedEnrolmentV1 {
  @Id({ description: 'class or study group' })
  groupId: string;

  @CalendarDate({ nullable: true })
  from: string | null;

  @CalendarDate({ nullable: true, description: 'last day; null while it lasts' })
  to: string | null;
}

export class StudentRecordedV1 extends RecordedPerson {
  @CalendarDate({ nullable: true })
  birthDate: string | null;

  @OneOf(['male', 'female'], { nullable: true })
  sex: string | null;

  @Id({ nullable: true, description: 'the class as of now' })
  classId: string | null;

  @Whole({
    min: 0,
    max: 12,
    nullable: true,
    optional: true,
    description:
      'the pupil’s own year of study, as a combined class has several; that of the class unless said',
  })
  gradeLevel?: number | null;

  @ListOf(() => RecordedEnrolmentV1, { max: 500 })
  enrolments: RecordedEnrolmentV1[];

  @ListOfText({ max: 20, format: 'uuid' })
  guardianIds: string[];
}

export const studentRecorded = defineFact({
  service: 'contingent',
  aggregate: 'student',
  fact: 'recorded',
  data: StudentRecordedV1,
  summary: 'A student with enrolments and guardians',
});

export class GuardianRecordedV1 extends RecordedPerson {
  @OneOf(['parent', 'guardian', 'relative'])
  kind: string;

  @ListOfText({ max: 50, format: 'uuid', description: 'children in this school' })
  studentIds: string[];
}

export const guardianRecorded = defineFact({
  service: 'contingent',
  aggregate: 'guardian',
  fact: 'recorded',
  data: GuardianRecordedV1,
  summary: 'A legal representative with the children in this school',
});

/** Every fact contingent publishes. */
export const contingentFacts: readonly Fact[] = [
  schoolRecorded,
  academicYearRecorded,
  classRecorded,
  studyGroupRecorded,
  staffMemberRecorded,
  studentRecorded,
  guardianRecorded,
];
