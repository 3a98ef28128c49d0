import type { Role } from '../../api/types';
import { ownClasses, type Workspace } from '../../session/roles';

const LEADERSHIP: readonly Role[] = ['administrator', 'director', 'deputy-head'];

/** Leadership reads any diary of the school, a class teacher those of the own class. */
export const mayReadDiaries = (workspace: Workspace, classId: string): boolean =>
  workspace.roles.some((role) => LEADERSHIP.includes(role)) ||
  ownClasses(workspace).some((own) => own.classId === classId);
