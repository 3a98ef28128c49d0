import {
  academicYearRecorded,
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { on, type Reaction } from '@parta/platform-messaging';
import type { Get } from '@parta/platform-rpc';
import { Directory } from '../directory/directory.js';
import { SchoolYears } from '../school-year/school-years.js';

/** What curriculum hears of. */
export function subscriptions(get: Get): Reaction[] {
  const directory = get(Directory);
  return [
    on(schoolRecorded, (school, envelope) => directory.onSchoolRecorded(school, envelope)),
    on(academicYearRecorded, (year, envelope) => get(SchoolYears).onAcademicYearRecorded(year, envelope)),
    on(classRecorded, (one, envelope) => directory.onClassRecorded(one, envelope)),
    on(studyGroupRecorded, (group, envelope) => directory.onStudyGroupRecorded(group, envelope)),
    on(staffMemberRecorded, (person, envelope) => directory.onStaffMemberRecorded(person, envelope)),
  ];
}
