import {
  classRecorded,
  guardianRecorded,
  schoolRecorded,
  staffMemberRecorded,
  studentRecorded,
} from '@parta/contracts-contingent';
import { on, type Reaction } from '@parta/platform-messaging';
import type { Get } from '@parta/platform-rpc';
import { Directory } from '../directory/directory.js';

/** What identity listens to. */
export function subscriptions(get: Get): Reaction[] {
  const directory = get(Directory);
  return [
    on(schoolRecorded, (data, envelope) => directory.recordSchool(data, envelope)),
    on(classRecorded, (data, envelope) => directory.recordClass(data, envelope)),
    on(staffMemberRecorded, (data, envelope) => directory.recordStaffMember(data, envelope)),
    on(studentRecorded, (data, envelope) => directory.recordStudent(data, envelope)),
    on(guardianRecorded, (data, envelope) => directory.recordGuardian(data, envelope)),
  ];
}
