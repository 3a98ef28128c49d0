import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workspace } from '../session/roles';

/** A workspace in words: the place, and the roles there. */
export function useWorkspaceLabel() {
  const { t } = useTranslation();
  return useCallback(
    (workspace: Workspace) => ({
      place:
        workspace.kind === 'staff'
          ? (workspace.school?.name ?? t('workspace.school'))
          : t(`workspace.${workspace.kind}`),
      roles: listed(workspace.roles.map((role) => t(`role.${role}`))) || t('workspace.noRoles'),
    }),
    [t],
  );
}

/** «Учитель, классный руководитель»: one sentence, one capital. */
const listed = ([first, ...others]: string[]): string =>
  [first, ...others.map((role) => role.charAt(0).toLocaleLowerCase() + role.slice(1))].join(', ');
