import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { fullName } from '../../ui/names';
import { BlockForm } from './block-form';
import { CreateAccountForm } from './create-account-form';
import { InvitePerson } from './invite-person';
import { ResetPassword } from './reset-password';
import { RolesForm } from './roles-form';

export interface PersonDialog {
  name: 'create' | 'invite' | 'reset' | 'block' | 'roles';
  person: PersonRow;
}

interface PersonDialogsProps {
  dialog: PersonDialog | null;
  /** the same person as the list knows it now */
  person?: PersonRow;
  onClose(): void;
}

export function PersonDialogs({ dialog, person, onClose }: PersonDialogsProps) {
  const { t } = useTranslation(['people', 'common']);
  const wasBlocked = dialog?.person.accountState === 'blocked';
  const titles = {
    create: t('create.title'),
    invite: t('invite.title'),
    reset: t('newPassword.title'),
    block: wasBlocked ? t('block.unblockTitle') : t('block.title'),
    roles: t('roles.title'),
  };
  return (
    <Modal
      opened={dialog !== null}
      onClose={onClose}
      size={dialog?.name === 'roles' ? 'lg' : 'md'}
      title={dialog && titles[dialog.name]}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {dialog && (
        <>
          <Text fw={600} mb="sm">
            {fullName(dialog.person)}
          </Text>
          {dialog.name === 'create' && <CreateAccountForm person={dialog.person} onClose={onClose} />}
          {dialog.name === 'invite' && <InvitePerson person={dialog.person} onClose={onClose} />}
          {dialog.name === 'reset' && <ResetPassword person={dialog.person} onClose={onClose} />}
          {dialog.name === 'block' && <BlockForm person={dialog.person} onClose={onClose} />}
          {dialog.name === 'roles' && <RolesForm person={person ?? dialog.person} />}
        </>
      )}
    </Modal>
  );
}
