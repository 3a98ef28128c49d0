import { dayBefore, idOf, SUBJECTS } from '../district.js';

/** What the region of the simulated day consists of, for each school. */
export const REGION = {
  classesPerSchool: 25,
  pupilsPerClass: 24,
  subjectsPerClass: 6,
  teachersPerSchool: 40,
  /** school days before today that have been written up */
  pastDays: 5,
};

export interface RegionClass {
  schoolId: string;
  classId: string;
  gradeLevel: number;
  /** one for each subject, taught to the whole class */
  groups: { id: string; subjectTitle: string; teacherId: string }[];
  pupils: string[];
}

export interface Region {
  schools: string[];
  classes: RegionClass[];
  today: Date;
}

export function makeRegion(schools: number, today: Date): Region {
  const { classesPerSchool, pupilsPerClass, subjectsPerClass, teachersPerSchool } = REGION;
  const ids = Array.from({ length: schools }, (_, i) => idOf('region-school', i));
  return {
    today,
    schools: ids,
    classes: ids.flatMap((schoolId) =>
      Array.from({ length: classesPerSchool }, (_, at): RegionClass => ({
        schoolId,
        classId: idOf(schoolId, 'class', at),
        // Not of the first year, which has no marks.
        gradeLevel: 2 + (at % 10),
        groups: Array.from({ length: subjectsPerClass }, (_u, k) => ({
          id: idOf(schoolId, 'group', at, k),
          subjectTitle: SUBJECTS[k]!,
          teacherId: teacherIn(schoolId, (at * subjectsPerClass + k) % teachersPerSchool),
        })),
        pupils: Array.from({ length: pupilsPerClass }, (_u, k) => idOf(schoolId, 'pupil', at, k)),
      })),
    ),
  };
}

export const teacherIn = (schoolId: string, at: number): string => idOf(schoolId, 'teacher', at);

/** The class's lesson of a subject on a day; 0 is today. */
export const regionLesson = (groupId: string, daysAgo: number): string =>
  idOf(groupId, 'region-lesson', daysAgo);

export const dayOf = ({ today }: Region, daysAgo: number): string => dayBefore(today, daysAgo);
