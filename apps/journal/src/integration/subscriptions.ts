import {
  classRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
  studyGroupRecorded,
} from '@parta/contracts-contingent';
import { lessonsScheduled, thematicPlanRecorded } from '@parta/contracts-curriculum';
import { on, type Reaction } from '@parta/platform-messaging';
import type { Get } from '@parta/platform-rpc';
import { Directory } from '../directory/directory.js';
import { ScheduledLessons } from '../lessons/scheduled-lessons.js';

/** What journal hears of. */
export function subscriptions(get: Get): Reaction[] {
  const directory = get(Directory);
  return [
    on(schoolRecorded, (school, envelope) => directory.onSchoolRecorded(school, envelope)),
    on(classRecorded, (one, envelope) => directory.onClassRecorded(one, envelope)),
    on(studyGroupRecorded, (group, envelope) => directory.onStudyGroupRecorded(group, envelope)),
    on(staffMemberRecorded, (person, envelope) => directory.onStaffMemberRecorded(person, envelope)),
    on(studentRecorded, (student, envelope) => directory.onStudentRecorded(student, envelope)),
    on(thematicPlanRecorded, (plan, envelope) => directory.onThematicPlanRecorded(plan, envelope)),
    on(lessonsScheduled, (lessons, envelope) => get(ScheduledLessons).onLessonsScheduled(lessons, envelope)),
  ];
}
