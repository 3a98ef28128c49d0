import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconLock, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats';
import { ConfirmModal } from '../../ui/confirm-modal';
import type { Column } from '../../ui/data-table';
import { ErrorAlert } from '../../ui/error-alert';
import { ListView } from '../../ui/list-view';
import { Page } from '../../ui/page';
import { ToneBadge } from '../../ui/tone-badge';
import { notify } from '../../ui/notify';
import { SCOPES, useSetSystemBlocked, useSystems, type SystemRow } from './queries';
import { RegisterSystemDialog } from './register-system-dialog';
import { scopeKey } from './scope-key';

export function Component() {
  const { t } = useTranslation('region');
  const formats = useFormats();
  const systems = useSystems();
  const setBlocked = useSetSystemBlocked();
  const [isRegistering, setRegistering] = useState(false);
  const [blocking, setBlocking] = useState<SystemRow | null>(null);
  const scopesOf = (row: SystemRow) =>
    SCOPES.filter((scope) => row.scopes.includes(scope)).map((scope) =>
      t(`systems.scope.${scopeKey(scope)}`),
    );

  const change = (row: SystemRow, isBlocked: boolean) =>
    setBlocked.start({ clientId: row.clientId, isBlocked }, () => {
      setBlocking(null);
      void notify(isBlocked ? t('systems.blockedNote') : t('systems.unblockedNote'));
    });

  const columns: Column<SystemRow>[] = [
    { key: 'name', header: t('systems.name'), card: 'title', cell: (row) => row.name },
    {
      key: 'id',
      header: t('systems.id'),
      width: 150,
      clip: (row) => row.clientId,
      cell: (row) => row.clientId,
    },
    {
      key: 'scopes',
      header: t('systems.scopes'),
      width: 230,
      cell: (row) => scopesOf(row).map((scope) => <div key={scope}>{scope}</div>),
    },
    {
      key: 'registered',
      header: t('systems.registered'),
      width: 130,
      cell: (row) => formats.stamp(row.registeredAt),
    },
    {
      key: 'lastToken',
      header: t('systems.lastToken'),
      width: 150,
      cell: (row) => (row.lastTokenAt ? formats.stamp(row.lastTokenAt) : t('systems.neverUsed')),
    },
    {
      key: 'state',
      header: t('systems.state'),
      width: 130,
      cell: (row) =>
        row.isBlocked ? (
          <ToneBadge tone="bad" icon={<IconLock size={12} aria-hidden />}>
            {t('systems.blocked')}
          </ToneBadge>
        ) : (
          <ToneBadge tone="good" icon={<IconCheck size={12} aria-hidden />}>
            {t('systems.active')}
          </ToneBadge>
        ),
    },
    {
      key: 'actions',
      header: '',
      width: 152,
      align: 'right',
      card: 'corner',
      cell: (row) => (
        <Group justify="flex-end">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={
              row.isBlocked
                ? t('systems.unblockNamed', { name: row.name })
                : t('systems.blockNamed', { name: row.name })
            }
            onClick={() => {
              setBlocked.reset();
              if (row.isBlocked) change(row, false);
              else setBlocking(row);
            }}
          >
            {row.isBlocked ? t('systems.unblock') : t('systems.block')}
          </Button>
        </Group>
      ),
    },
  ];

  return (
    <Page
      title={t('systems.title')}
      note={t('systems.note')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setRegistering(true)}>
          {t('systems.register')}
        </Button>
      }
    >
      <ListView
        query={systems}
        count={systems.data && t('systems.count', { count: systems.data.length })}
        label={t('systems.title')}
        columns={columns}
        rows={systems.data}
        rowKey={(row) => row.clientId}
        skeletonRows={4}
        minWidth={1120}
        empty={{ Icon: IconPlugConnected, title: t('systems.emptyTitle'), hint: t('systems.emptyHint') }}
      >
        {!blocking && <ErrorAlert error={setBlocked.error} />}
      </ListView>

      <RegisterSystemDialog opened={isRegistering} onClose={() => setRegistering(false)} />
      <ConfirmModal
        opened={blocking !== null}
        title={t('systems.blockTitle')}
        confirmLabel={t('systems.block')}
        isDangerous
        isPending={setBlocked.isPending}
        error={setBlocked.error}
        onClose={() => setBlocking(null)}
        onConfirm={() => change(blocking!, true)}
      >
        <Text size="sm">{t('systems.blockText', { name: blocking?.name ?? '' })}</Text>
      </ConfirmModal>
    </Page>
  );
}
