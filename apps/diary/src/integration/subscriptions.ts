import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, schoolYearRecorded } from '@parta/contracts-curriculum';
import { attendanceRecorded, lessonDescribed, markRecorded } from '@parta/contracts-journal';
import { on, type Reaction } from '@parta/platform-messaging';
import type { Get } from '@parta/platform-rpc';
import { Directory } from '../directory/directory.js';
import { Projection } from '../projection/projection.js';

/** What the diary hears of; there is no other way into it. */
export function subscriptions(get: Get): Reaction[] {
  const directory = get(Directory);
  const projection = get(Projection);
  return [
    on(schoolRecorded, (school, envelope) => directory.onSchoolRecorded(school, envelope)),
    on(schoolYearRecorded, (year, envelope) => directory.onSchoolYearRecorded(year, envelope)),
    on(classRecorded, (one, envelope) => directory.onClassRecorded(one, envelope)),
    on(studyGroupRecorded, (group, envelope) => directory.onStudyGroupRecorded(group, envelope)),
    on(staffMemberRecorded, (person, envelope) => directory.onStaffMemberRecorded(person, envelope)),
    on(studentRecorded, (student, envelope) => directory.onStudentRecorded(student, envelope)),
    on(lessonsScheduled, (lessons, envelope) => projection.onLessonsScheduled(lessons, envelope)),
    on(lessonDescribed, (lesson, envelope) => projection.onLessonDescribed(lesson, envelope)),
    on(markRecorded, (mark, envelope) => projection.onMarkRecorded(mark, envelope)),
    on(attendanceRecorded, (one, envelope) => projection.onAttendanceRecorded(one, envelope)),
  ];
}
