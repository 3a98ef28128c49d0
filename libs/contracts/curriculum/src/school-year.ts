import {
  CalendarDate,
  defineCommand,
  defineQuery,
  Done,
  each,
  Id,
  LEADERSHIP_ROLES,
  LessonNumber,
  ListOf,
  Nothing,
  OneOf,
  roles,
  signedIn,
  Text,
  Whole,
} from '@parta/platform-contract';

const TAG = { name: 'School year', description: 'Terms, days off, bells and transferred days of a school.' };

/** The calendar is kept by the school’s administration (R72, R99). */
const ADMINISTRATION = roles(each(LEADERSHIP_ROLES, 'own schools'));

export const PERIOD_KINDS = ['quarter', 'trimester', 'half-year', 'semester'] as const;

/** Local time of day `HH:MM`. */
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class Bell {
  @LessonNumber()
  lessonNumber: number;

  @Text({ max: 5, pattern: TIME, description: 'local time' })
  startsAt: string;

  @Text({ max: 5, pattern: TIME })
  endsAt: string;
}

export class PeriodView {
  @Id()
  periodId: string;

  @Text({ max: 200, example: 'II четверть' })
  title: string;

  @OneOf(PERIOD_KINDS)
  kind: string;

  @CalendarDate()
  startDate: string;

  @CalendarDate()
  endDate: string;
}

export class DayOff {
  @CalendarDate()
  date: string;

  @OneOf(['public-holiday', 'day-off'])
  kind: string;

  @Text({ max: 200 })
  title: string;
}

/** A day taught by the timetable of another weekday (R72). */
export class SchoolDayTransfer {
  @CalendarDate()
  date: string;

  @Whole({ min: 1, max: 7, description: 'whose timetable is taught; 1 is Monday' })
  weekday: number;
}

/** An academic year; both dates are included. */
class AcademicYear {
  @Id()
  academicYearId: string;

  @Text({ max: 200 })
  title: string;

  @CalendarDate()
  startDate: string;

  @CalendarDate()
  endDate: string;
}

/** The same with what is not taught in it, and when lessons begin. */
export class SchoolYear extends AcademicYear {
  @ListOf(() => DayOff, { max: 366 })
  daysOff: DayOff[];

  @ListOf(() => SchoolDayTransfer, { max: 366 })
  transfers: SchoolDayTransfer[];

  @ListOf(() => Bell, { max: 16 })
  bells: Bell[];
}

export class SchoolYearView extends SchoolYear {
  @Id()
  schoolId: string;

  @ListOf(() => PeriodView, {
    max: 50,
    description: 'periods of years 1–9 and of years 10–11 or colleges alike (R71)',
  })
  periods: PeriodView[];
}

export class YearOfSchool extends AcademicYear {
  @Id()
  schoolId: string;

  @ListOf(() => PeriodView, { max: 50 })
  periods: PeriodView[];
}

export class SchoolYearList {
  @ListOf(() => SchoolYearView, {
    max: 50,
    description:
      'the running year of each school of the caller: after its end it goes on to be the one until the next begins',
  })
  years: SchoolYearView[];

  @ListOf(() => YearOfSchool, { max: 1000, description: 'years before it, the latest first' })
  earlier: YearOfSchool[];
}

export const getSchoolYear = defineQuery({
  service: 'curriculum',
  name: 'get-school-year',
  http: { method: 'GET', path: '/api/v1/school-year' },
  access: signedIn('own schools'),
  input: Nothing,
  output: SchoolYearList,
  summary: 'Periods, days off and bells of the running academic year',
  tag: TAG,
});

/** One day of one school. */
class SchoolDay {
  @Id()
  schoolId: string;

  @CalendarDate()
  date: string;
}

export class SetDayOff extends SchoolDay {
  @Text({ max: 200, description: '«Актированный день»' })
  title: string;
}

export const setDayOff = defineCommand({
  service: 'curriculum',
  name: 'set-day-off',
  http: { method: 'POST', path: '/api/v1/school-year/days-off' },
  access: ADMINISTRATION,
  input: SetDayOff,
  output: Done,
  summary: 'Make a day a day off; its coming lessons are removed (R72)',
  errors: { invalid: ['curriculum.outside-school-year'], conflict: ['curriculum.day-is-over'] },
  tag: TAG,
});

export class ClearDayOff extends SchoolDay {}

export const clearDayOff = defineCommand({
  service: 'curriculum',
  name: 'clear-day-off',
  http: { method: 'DELETE', path: '/api/v1/school-year/days-off' },
  access: ADMINISTRATION,
  input: ClearDayOff,
  output: Done,
  summary: 'Make a day off a school day again; its lessons are laid by the timetable',
  errors: { conflict: ['curriculum.day-is-over'] },
  tag: TAG,
});

export class TransferSchoolDay extends SchoolDayTransfer {
  @Id()
  schoolId: string;
}

export const transferSchoolDay = defineCommand({
  service: 'curriculum',
  name: 'transfer-school-day',
  http: { method: 'POST', path: '/api/v1/school-year/transfers' },
  access: ADMINISTRATION,
  input: TransferSchoolDay,
  output: Done,
  summary: 'Teach on a day by the timetable of another weekday (R72)',
  description:
    'On a weekend, a holiday or in a break too. The day may lie up to three months after the end of the academic year.',
  errors: { invalid: ['curriculum.outside-school-year'], conflict: ['curriculum.day-is-over'] },
  tag: TAG,
});

export class SetBells {
  @Id()
  schoolId: string;

  @ListOf(() => Bell, { min: 1, max: 16 })
  bells: Bell[];
}

export const setBells = defineCommand({
  service: 'curriculum',
  name: 'set-bells',
  http: { method: 'PUT', path: '/api/v1/school-year/bells' },
  access: ADMINISTRATION,
  input: SetBells,
  output: Done,
  summary: 'Set the bell schedule (R68)',
  errors: {
    invalid: ['curriculum.bells-overlap'],
    conflict: ['curriculum.bell-in-use', 'curriculum.outside-school-year'],
  },
  tag: TAG,
});
