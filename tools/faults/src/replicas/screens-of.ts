import type { Teacher, School } from '../schools.js';
import type { Screen } from './screens.js';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Who looks at the screens of a school. */
export interface Lookers {
  director: string;
  guardian: string;
  teacher: string;
  /** of somebody who has signed in; null where identity does not run */
  session: (() => string) | null;
}

/** Screens of every service, of one school. @param reportId of a finished report; null where reporting does not run */
export function screensOf(school: School, lookers: Lookers, reportId: string | null): Screen[] {
  const { schoolId, teachers, families } = school;
  const teacher = teachers[0]!;
  const [pupil] = [...families.keys()];
  const { groupId } = teacher.lessons[0]!;
  const as =
    (token: string) =>
    (service: string, path: string, shows: string): Screen => ({ service, path, shows, token: () => token });
  const [director, guardian, own] = [as(lookers.director), as(lookers.guardian), as(lookers.teacher)];
  const [from, to] = [daysAgo(13), daysAgo(1)];
  const { session } = lookers;
  return [
    ...(session
      ? [
          { service: 'identity', path: '/api/v1/me', shows: '"operator"', token: session },
          { service: 'identity', path: '/api/v1/me/sessions', shows: '"isCurrent":true', token: session },
        ]
      : []),
    director('identity', '/api/v1/people?pageSize=20', 'Абрамов'),
    director('contingent', '/api/v1/classes', school.classId),
    director('contingent', '/api/v1/schools', schoolId),
    director('curriculum', '/api/v1/school-year', 'Учебный год'),
    own('curriculum', `/api/v1/study-groups/${groupId}/thematic-plan`, groupId),
    own('journal', `/api/v1/journal/journals/${groupId}/page?from=${from}&to=${to}`, groupId),
    own('journal', '/api/v1/journal/journals', groupId),
    director('journal', `/api/v1/journal/missing?date=${to}`, groupId),
    guardian('diary', `/api/v1/diary/${pupil}/days?from=${daysAgo(6)}&to=${daysAgo(0)}`, pupil!),
    guardian('diary', `/api/v1/diary/${pupil}/marks`, pupil!),
    guardian('notifications', '/api/v1/notifications/settings', pupil!),
    director('notifications', `/api/v1/notifications/deliveries?schoolId=${schoolId}`, '"total"'),
    director('reporting', '/api/v1/report-choices', school.classId),
    ...(reportId
      ? [
          director('reporting', '/api/v1/reports', reportId),
          // A workbook is a ZIP: the file comes out of the object store of NATS.
          director('reporting', `/api/v1/reports/${reportId}/file`, 'PK'),
        ]
      : []),
  ];
}

/** A pupil of whom something is entered again and again. */
export const busyPupil = ({ pupils }: Teacher, at: number): string =>
  pupils.marked[at % pupils.marked.length]!;
