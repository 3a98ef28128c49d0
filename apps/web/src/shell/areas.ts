import {
  IconBook2,
  IconBuildingCommunity,
  IconCalendarCheck,
  IconClipboardCheck,
  IconLockOpen,
  IconMailExclamation,
  IconMessages,
  IconPlugConnected,
  IconReport,
  IconSchool,
  IconTransfer,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { may, type Right, type Workspace } from '../session/roles';

export interface Area {
  path: string;
  name:
    | 'journal'
    | 'missing'
    | 'openings'
    | 'reports'
    | 'absences'
    | 'deliveries'
    | 'today'
    | 'exchange'
    | 'schools'
    | 'systems'
    | 'people'
    | 'parkedFacts'
    | 'classes';
  Icon: typeof IconUsers;
  right?: Right;
}

const AREAS: Area[] = [
  { path: '/', name: 'today', Icon: IconCalendarCheck },
  { path: '/journal', name: 'journal', Icon: IconBook2, right: 'readJournals' },
  { path: '/missing', name: 'missing', Icon: IconClipboardCheck, right: 'oversee' },
  { path: '/openings', name: 'openings', Icon: IconLockOpen, right: 'oversee' },
  { path: '/absences', name: 'absences', Icon: IconUserOff, right: 'followAbsences' },
  { path: '/reports', name: 'reports', Icon: IconReport, right: 'orderReports' },
  { path: '/deliveries', name: 'deliveries', Icon: IconMessages, right: 'followDeliveries' },
  { path: '/exchange', name: 'exchange', Icon: IconTransfer, right: 'exchange' },
  { path: '/schools', name: 'schools', Icon: IconBuildingCommunity, right: 'exchange' },
  { path: '/systems', name: 'systems', Icon: IconPlugConnected, right: 'exchange' },
  { path: '/classes', name: 'classes', Icon: IconSchool, right: 'listClasses' },
  { path: '/people', name: 'people', Icon: IconUsers, right: 'listPeople' },
  { path: '/operations/parked-facts', name: 'parkedFacts', Icon: IconMailExclamation, right: 'operate' },
];

/** What the staff navigation shows: what exists, and is open to the roles of this workspace. */
export const areasOf = (workspace: Workspace): Area[] =>
  AREAS.filter(({ right }) => !right || may(workspace, right));
