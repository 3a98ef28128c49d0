import { useLocation } from 'react-router';
import type { Me } from '../../api/types';
import { recall, remember } from '../../session/storage';
import { useWorking } from '../../session/workspace';

export type Child = Me['children'][number];

const IN_PATH = /^\/diary\/([^/]+)/;

export function useChildren(): Child[] {
  const { me, workspace } = useWorking();
  return workspace.kind === 'family' ? me.children : [];
}

/** The child the family looks at: in the address, else the last one, else the first. */
export function useCurrentChild(): Child | undefined {
  const { me } = useWorking();
  const children = useChildren();
  const { pathname } = useLocation();
  const byId = (studentId: string | null | undefined) =>
    children.find((child) => child.studentId === studentId);
  return byId(IN_PATH.exec(pathname)?.[1]) ?? byId(recall(`diary.child.${me.accountId}`)) ?? children[0];
}

export const rememberChild = (accountId: string, studentId: string): void =>
  remember(`diary.child.${accountId}`, studentId);

/** Of the school of this child; a family may have schools in several time zones. */
export function useZone(studentId: string): string | undefined {
  const { me, workspace } = useWorking();
  const child = me.children.find((one) => one.studentId === studentId);
  const school = me.schools.find(({ schoolId }) => schoolId === child?.schoolId) ?? workspace.school;
  return school?.timeZone;
}
