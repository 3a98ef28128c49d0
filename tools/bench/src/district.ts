import { createHash } from 'node:crypto';

/** What the measured district consists of. Ids are made from names, so that both sides of the bench can tell them. */
export const SHAPE = {
  classesPerSchool: 8,
  pupilsPerClass: 30,
  /** lessons on a journal page */
  lessonsPerPage: 60,
  /** of the 1,800 cells of a page this many hold something */
  entriesPerPage: 900,
  /** lessons of a class that are open for writing and still empty */
  emptyLessonsPerClass: 80,
  /** the last days, which the empty lessons are spread over */
  daysOfEmptyLessons: 12,
  /** lessons a day in a diary */
  diaryLessonsPerDay: 6,
  diaryDays: 15,
};

export const WORK_CODES = ['ОУ', 'ДР', 'КР'];
export const VALUES = ['5', '4', '4', '3', '5', '3', '4', '2'];
export const SUBJECTS = [
  'Алгебра',
  'Русский язык',
  'История',
  'Физика',
  'Биология',
  'Литература',
  'География',
];

export function idOf(...name: (string | number)[]): string {
  const hex = createHash('sha1').update(name.join('/')).digest('hex');
  // Version 7 by its digits, as every id of Parta is.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface BenchClass {
  schoolId: string;
  classId: string;
  gradeLevel: number;
  /** group whose journal is full */
  groupId: string;
  /** group whose lessons are still empty */
  emptyGroupId: string;
  teacherId: string;
  pupils: string[];
}

export interface District {
  schools: string[];
  classes: BenchClass[];
  /** the last school day with entries, and the days before it */
  today: Date;
}

/** @param numbers of the schools: a larger district contains a smaller one */
export function makeDistrict(today: Date, numbers: { from: number; to: number }): District {
  const schools = Array.from({ length: numbers.to - numbers.from }, (_, i) =>
    idOf('school', numbers.from + i),
  );
  const classes = schools.flatMap((schoolId) =>
    Array.from({ length: SHAPE.classesPerSchool }, (_, i): BenchClass => ({
      schoolId,
      classId: idOf(schoolId, 'class', i),
      gradeLevel: 5 + (i % 7),
      groupId: idOf(schoolId, 'group', i),
      emptyGroupId: idOf(schoolId, 'empty-group', i),
      teacherId: idOf(schoolId, 'teacher', i),
      pupils: Array.from({ length: SHAPE.pupilsPerClass }, (_u, k) => idOf(schoolId, 'pupil', i, k)),
    })),
  );
  return { schools, classes, today };
}

/** A calendar date so many days before. */
export const dayBefore = (today: Date, days: number): string =>
  new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** Monday to Sunday, as a page of the diary shows them. */
export function weekOf(today: Date): { from: string; to: string } {
  const sinceMonday = (today.getUTCDay() + 6) % 7;
  return { from: dayBefore(today, sinceMonday), to: dayBefore(today, sinceMonday - 6) };
}

export const lessonOf = (groupId: string, at: number): string => idOf(groupId, 'lesson', at);

/** The school's work type by its place in `WORK_CODES`. */
export const workTypeOf = (schoolId: string, at: number): string => idOf(schoolId, 'work-type', at);
