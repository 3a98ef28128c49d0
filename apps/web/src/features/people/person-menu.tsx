import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDotsVertical,
  IconId,
  IconKey,
  IconLock,
  IconLockOpen,
  IconMail,
  IconUserPlus,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../api/types';
import { useMay, useWorking } from '../../session/workspace';
import { shortName } from '../../ui/names';

export interface PersonActions {
  onCreate(person: PersonRow): void;
  onInvite(person: PersonRow): void;
  onReset(person: PersonRow): void;
  onBlock(person: PersonRow): void;
  onRoles(person: PersonRow): void;
}

export function PersonMenu({ person, ...on }: PersonActions & { person: PersonRow }) {
  const { t } = useTranslation('people');
  const { me } = useWorking();
  const managesAccounts = useMay('manageAccounts');
  const givesRoles = useMay('giveRoles') && person.kind === 'staff';
  const hasAccount = person.accountId !== null;
  const isOwn = person.accountId === me.accountId;
  // Nothing to offer, no menu: one does everything to the own account in the account menu.
  if (!(managesAccounts && !isOwn) && !givesRoles) return null;
  const isBlocked = person.accountState === 'blocked';
  return (
    <Menu width={260}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          aria-label={t('actions.open', { name: shortName(person) })}
        >
          <IconDotsVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {managesAccounts && !hasAccount && (
          <>
            <Menu.Item leftSection={<IconMail size={16} aria-hidden />} onClick={() => on.onInvite(person)}>
              {t('actions.invite')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconUserPlus size={16} aria-hidden />}
              onClick={() => on.onCreate(person)}
            >
              {t('actions.create')}
            </Menu.Item>
          </>
        )}
        {managesAccounts && hasAccount && !isOwn && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => on.onReset(person)}>
            {t('actions.reset')}
          </Menu.Item>
        )}
        {managesAccounts && hasAccount && !isOwn && (
          <Menu.Item
            leftSection={
              isBlocked ? <IconLockOpen size={16} aria-hidden /> : <IconLock size={16} aria-hidden />
            }
            onClick={() => on.onBlock(person)}
          >
            {isBlocked ? t('actions.unblock') : t('actions.block')}
          </Menu.Item>
        )}
        {givesRoles && (
          <Menu.Item leftSection={<IconId size={16} aria-hidden />} onClick={() => on.onRoles(person)}>
            {t('actions.roles')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
