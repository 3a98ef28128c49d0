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
      roles: workspace.roles.map((role) => t(`role.${role}`)).join(', ') || t('workspace.noRoles'),
    }),
    [t],
  );
}
